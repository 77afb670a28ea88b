//! The `check` subcommand.
