//! The `build` subcommand.
