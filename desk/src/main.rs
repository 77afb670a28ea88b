//! The desk's program: `desk serve`, `desk agent add`.

fn main() {}
