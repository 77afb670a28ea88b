//! Every answer of this crate beside tantivy's own, over segments that tantivy writes: the formats' corners, and whatever
//! proptest thinks of.

mod corners;
mod damage;
mod generated;
mod refusals;
mod support;
