use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::{
    Directory,
    directory::{
        DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

use super::Bytes;

/// tantivy's view of a head file: read only, in memory. tantivy shares bytes only with what it was given whole, so each
/// file is copied once.
#[derive(Clone)]
pub struct ContainerDirectory {
    files: Arc<BTreeMap<String, OwnedBytes>>,
}

impl ContainerDirectory {
    /// A directory over the ranges of a head.
    pub fn new(files: Vec<(String, Bytes)>) -> Self {
        let owned = files.into_iter().map(|(name, bytes)| (name, OwnedBytes::new(bytes.to_vec())));
        Self { files: Arc::new(owned.collect()) }
    }

    fn find(&self, path: &Path) -> Option<&OwnedBytes> {
        self.files.get(path.to_str()?)
    }

    fn read(&self, path: &Path) -> Result<&OwnedBytes, OpenReadError> {
        self.find(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

impl std::fmt::Debug for ContainerDirectory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.files.iter().map(|(name, bytes)| (name, bytes.len()))).finish()
    }
}

fn read_only(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, format!("a bundle is read only: {}", path.display()))
}

impl Directory for ContainerDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(self.read(path)?.clone()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only(path)), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.find(path).is_some())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: Arc::new(read_only(path)), filepath: PathBuf::from(path) })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        Ok(self.read(path)?.to_vec())
    }

    fn atomic_write(&self, path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(read_only(path))
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Nobody writes, so there is nothing to lock; tantivy's own lock would sleep, which a browser forbids.
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
