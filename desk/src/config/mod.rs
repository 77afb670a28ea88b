//! `desk.toml`: what the owner of a desk decides. Every key can also be given as an environment variable, which then
//! wins: `listen` as `PORCHLIGHT_LISTEN`, lists with commas between their parts.

mod entries;
mod network;

use std::{
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use crate::origin::Origin;
use entries::{Entries, Entry};

pub use entries::Complaint;
pub use network::Network;

/// Name of the file that is looked for in the working directory.
pub const FILE_NAME: &str = "desk.toml";

/// What a desk is told, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `listen`: address and port of the desk, default `127.0.0.1:8081`. Port 0 takes any free one.
    pub listen: SocketAddr,
    /// `public_url`: the origin under which browsers reach the desk, default `http://` and the address it listens on.
    /// Needed where it listens on more than this machine, or stands behind a proxy.
    pub public_url: Option<Origin>,
    /// `database`: where all is kept. Needed.
    pub database: Database,
    /// `origins`: origins of the pages that may show the chat or call the visitors' routes, besides the desk's own.
    pub origins: Vec<Origin>,
    /// `trusted_proxies`: addresses or networks of the proxies before the desk, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// `metrics_listen`: address and port for measurements. Checked and kept, but not used yet.
    pub metrics_listen: Option<SocketAddr>,
    /// `secrets_key_file`: the file with the key of visitors' tokens, default [`Database::key_file`], which is made at the
    /// first start.
    pub secrets_key_file: Option<PathBuf>,
    /// `agents_kb`: folder or address of the agents' articles. Checked and kept, but not used yet.
    pub agents_kb: Option<String>,
}

/// Where all is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
}

impl Database {
    /// As the store takes it: `sqlite:PATH`, where `%` and `?` of the path are written as in addresses.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => {
                format!("sqlite:{}", path.display().to_string().replace('%', "%25").replace('?', "%3F"))
            }
        }
    }

    /// The key file that belongs to it: the same name with `.key` at the end.
    pub fn key_file(&self) -> PathBuf {
        match self {
            Self::Sqlite(path) => {
                let mut name = path.as_os_str().to_owned();
                name.push(".key");
                name.into()
            }
        }
    }
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}; check `--config`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What it says, or what the environment says, is wrong: everything that is, each with its place and what to do.
    #[error("{}", .0.iter().map(Complaint::to_string).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Complaint>),
}

impl Settings {
    /// Reads the file at `path`; without one, `desk.toml` in the working directory, which may be missing where the
    /// environment (`env` gives a variable's value) says all that is needed. Relative paths of the file are relative to
    /// its folder, those of the environment to the working directory.
    ///
    /// # Errors
    /// [`ConfigError`] with all that is wrong.
    pub fn load(path: Option<&Path>, env: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let file = path.unwrap_or(Path::new(FILE_NAME));
        let text = match std::fs::read(file) {
            Ok(bytes) => Some(bytes),
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => return Err(ConfigError::Unreadable { path: file.to_owned(), source }),
        };
        let folder = std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned));
        Self::parse(text.as_deref(), &file.display().to_string(), folder.as_deref().unwrap_or(Path::new(".")), env)
    }

    /// Reads the bytes of the file that complaints call `name` and that lies in `folder`, and the environment.
    ///
    /// # Errors
    /// [`ConfigError::Wrong`] with all that is wrong.
    pub fn parse(
        bytes: Option<&[u8]>,
        name: &str,
        folder: &Path,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let mut entries = Entries::read(bytes, name, folder, env);
        let database = entries.text("database", database);
        let listen = entries.text("listen", address).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8081)));
        let public_url = entries.text("public_url", public_url);
        let origins = entries.list("origins", |entry| Origin::parse(&entry.text).map_err(|error| error.to_string()));
        let trusted_proxies = entries.list("trusted_proxies", |entry| Network::parse(&entry.text));
        let metrics_listen = entries.text("metrics_listen", address);
        let secrets_key_file = entries.text("secrets_key_file", |entry| file_path(entry, &entry.text));
        let agents_kb = entries.text("agents_kb", agents_kb);
        if entries.lacks("database") {
            entries.complain(name, "`database` is missing: write `database = \"sqlite:desk.sqlite\"`");
        }
        if entries.lacks("public_url") && !listen.ip().is_loopback() {
            entries.complain(
                name,
                "`public_url` is missing: the desk listens on more than this machine, so write how browsers reach it, \
                 as in `public_url = \"https://desk.example\"`",
            );
        }
        match (database, entries.into_complaints()) {
            (Some(database), complaints) if complaints.is_empty() => Ok(Self {
                listen,
                public_url,
                database,
                origins,
                trusted_proxies,
                metrics_listen,
                secrets_key_file,
                agents_kb,
            }),
            (_, complaints) => Err(ConfigError::Wrong(complaints)),
        }
    }
}

fn address(entry: &Entry) -> Result<SocketAddr, String> {
    entry.text.parse().map_err(|_| {
        format!("`{}` is not an address with a port: write one as in \"127.0.0.1:8081\" or \"[::1]:8081\"", entry.text)
    })
}

/// It is an address of pages, so a slash at its end is no mistake.
fn public_url(entry: &Entry) -> Result<Origin, String> {
    Origin::parse(entry.text.strip_suffix('/').unwrap_or(&entry.text)).map_err(|error| error.to_string())
}

fn database(entry: &Entry) -> Result<Database, String> {
    let example = "write a file, as in \"sqlite:desk.sqlite\"";
    let (scheme, rest) = entry.text.split_once(':').unwrap_or(("", ""));
    match scheme {
        "sqlite" => {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            if path.starts_with(':') || path.contains('?') {
                return Err(format!("`{}` is more than a file: {example}", entry.text));
            }
            file_path(entry, path).map(Database::Sqlite).map_err(|_| format!("the file is missing: {example}"))
        }
        "postgres" | "postgresql" => Err(format!("only sqlite is built in so far: {example}")),
        _ => Err(format!("`{}` is no database of a known kind: {example}", entry.text)),
    }
}

fn file_path(entry: &Entry, path: &str) -> Result<PathBuf, String> {
    if path.is_empty() || path.contains('\0') {
        return Err("the file's name is missing: write its path, absolute or relative to this file".to_owned());
    }
    Ok(entry.folder.join(path))
}

fn agents_kb(entry: &Entry) -> Result<String, String> {
    if entry.text.starts_with("https://") || entry.text.starts_with("http://") {
        return Ok(entry.text.clone());
    }
    file_path(entry, &entry.text).map(|path| path.display().to_string())
}

#[cfg(test)]
mod tests;
