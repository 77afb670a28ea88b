//! The visitor's token, and the key that makes it. The desk keeps neither the token nor a list of them: it can be made
//! again from the conversation and the idempotency key, and the store holds its SHA-256 only.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::random::{self, NoRandomness};

/// Fewest bytes of a key.
const KEY_BYTES_MIN: usize = 32;
/// Most bytes of a key; a larger file is surely something else.
const KEY_BYTES_MAX: usize = 4096;
/// Keeps these codes apart from all that the key may be used for later.
const PURPOSE: &[u8] = b"porchlight visitor token 1";

/// The key of this desk.
pub(crate) struct TokenKey(Hmac<Sha256>);

/// The key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("cannot {action} the key file {}: {source}; {todo}", path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What to do.
        todo: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// The file does not hold a key.
    #[error(
        "the key file {} must hold {KEY_BYTES_MIN} to {KEY_BYTES_MAX} bytes besides white space at its ends, and holds \
         {bytes}; make a new one with `openssl rand -hex 32`, or give the right file in `secrets_key_file`",
        path.display()
    )]
    Length {
        /// The file.
        path: PathBuf,
        /// Bytes found.
        bytes: usize,
    },
    /// A new key cannot be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl TokenKey {
    /// A key of these bytes.
    pub(crate) fn new(bytes: &[u8]) -> Self {
        // HMAC takes keys of any length: the other arm cannot happen.
        Self(Hmac::new_from_slice(bytes).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// The key in a file: its bytes without white space at the ends.
    ///
    /// # Errors
    /// [`KeyError`] where the file cannot be read or holds no key.
    pub(crate) fn read(path: &Path) -> Result<Self, KeyError> {
        let bytes = fs::read(path).map_err(|source| KeyError::File {
            action: "read",
            path: path.to_owned(),
            todo: "check `secrets_key_file` and who may read it",
            source,
        })?;
        let key = bytes.trim_ascii();
        if !(KEY_BYTES_MIN..=KEY_BYTES_MAX).contains(&key.len()) {
            return Err(KeyError::Length { path: path.to_owned(), bytes: key.len() });
        }
        Ok(Self::new(key))
    }

    /// The key in a file, which is made where it does not exist: readable by its owner only, and whole or not at all.
    ///
    /// # Errors
    /// [`KeyError`] where the file can neither be read nor made, or holds no key.
    pub(crate) fn read_or_make(path: &Path) -> Result<Self, KeyError> {
        // Where even that cannot be told, reading says what is wrong.
        if fs::exists(path).is_ok_and(|exists| !exists) {
            make(path)?;
        }
        Self::read(path)
    }

    /// The token of a conversation: 43 signs of `A-Z a-z 0-9 _ -`. The same conversation and key give the same token.
    pub(crate) fn token(&self, conversation: &str, idempotency_key: &str) -> String {
        let mut mac = self.0.clone();
        for part in [PURPOSE, conversation.as_bytes(), idempotency_key.as_bytes()] {
            // Lengths first: no two pairs of texts give the same bytes.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        random::base64url(&mac.finalize().into_bytes())
    }
}

fn make(path: &Path) -> Result<(), KeyError> {
    let failed = |source| KeyError::File {
        action: "make",
        path: path.to_owned(),
        todo: "check that the database's folder exists and can be written, or give `secrets_key_file`",
        source,
    };
    let text = random::hex(&random::bytes::<32>()?) + "\n";
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", random::hex(&random::bytes::<4>()?)));
    let part = PathBuf::from(name);
    let written = write_new(&part, text.as_bytes()).and_then(|()| {
        // Fails where another process was quicker: then its key is the one.
        match fs::hard_link(&part, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    });
    // Nothing is lost if the other name of the same file stays.
    let _ = fs::remove_file(&part);
    written.and_then(|()| sync_folder(path)).map_err(failed)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Tokens would be void if the key's name were lost in a power cut.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// SHA-256, as the store keeps tokens and cookies.
pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_follow_from_their_conversation() {
        let key = TokenKey::new(&[7; 32]);
        let token = key.token("conversation", "key");
        assert_eq!(token.len(), 43);
        assert!(handoff::limits::is_id(&token), "{token}");
        assert_eq!(token, key.token("conversation", "key"));
        let others = [
            key.token("conversation", "yek"),
            key.token("conversatio", "nkey"),
            key.token("conversationk", "ey"),
            TokenKey::new(&[8; 32]).token("conversation", "key"),
        ];
        for other in others {
            assert_ne!(token, other);
        }
    }

    #[test]
    fn a_key_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.key");
        let token = TokenKey::read_or_make(&path).unwrap().token("c", "k");
        assert_eq!(TokenKey::read_or_make(&path).unwrap().token("c", "k"), token);
        assert_eq!(TokenKey::read(&path).unwrap().token("c", "k"), token);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn many_makers_agree() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.key");
        let tokens: Vec<_> = std::thread::scope(|scope| {
            let makers: Vec<_> =
                (0..16).map(|_| scope.spawn(|| TokenKey::read_or_make(&path).unwrap().token("c", "k"))).collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        assert!(tokens.iter().all(|token| *token == tokens[0]));
    }

    #[test]
    fn bad_keys_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, content: Option<&str>, part: &str| {
            let path = folder.path().join(name);
            if let Some(content) = content {
                fs::write(&path, content).unwrap();
            }
            let error = TokenKey::read(&path).err().unwrap().to_string();
            assert!(error.contains(part) && error.contains(name), "{error}");
        };
        check("missing", None, "check `secrets_key_file`");
        check("empty", Some(""), "holds 0");
        check("short", Some(" 0123456789abcdef \n"), "holds 16");
        check("long", Some(&"x".repeat(4097)), "holds 4097");
    }
}
