//! Why a chore failed, in the two kinds that an exit code tells apart.

use std::process::ExitCode;

/// A failed chore.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that was built or checked is not right: exit code 1.
    Check(anyhow::Error),
    /// Something that this machine lacks, or a wrong call: exit code 2.
    Setup(anyhow::Error),
}

impl Failure {
    /// What to tell.
    pub(crate) fn error(&self) -> &anyhow::Error {
        match self {
            Self::Check(error) | Self::Setup(error) => error,
        }
    }

    /// How the process ends.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Check(_) => ExitCode::from(1),
            Self::Setup(_) => ExitCode::from(2),
        }
    }

    /// A machine that lacks something, with the command that mends it.
    pub(crate) fn missing(what: &str, command: &str) -> Self {
        Self::Setup(anyhow::anyhow!("{what}\n\n  Run this, then try again:\n\n    {command}\n"))
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Check(error.into())
    }
}
