use std::{
    fs, io,
    path::{Path, PathBuf},
};

use unicode_normalization::UnicodeNormalization as _;

use super::SourceFile;
use crate::diagnostics::{Code, Diagnostic, Position};

/// A path may go through this many linked folders: enough for shared parts, too few for a maze of links.
const MAX_LINKED_FOLDERS: usize = 2;

/// What lies below the articles' folder.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Articles' files, by path.
    pub files: Vec<SourceFile>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// The folder itself, without symbolic links: nothing outside it is read.
    pub root: PathBuf,
}

struct Folder {
    location: PathBuf,
    path: String,
    /// This folder and those above it, without symbolic links.
    real: Vec<PathBuf>,
    linked: usize,
}

/// Finds Markdown files below `root`, in an order that does not depend on the file system.
///
/// # Errors
/// Where `root` is no folder that can be read.
pub fn walk(root: &Path) -> io::Result<Walk> {
    let real = fs::canonicalize(root)?;
    fs::read_dir(&real)?;
    let mut walk = Walk { root: real.clone(), ..Walk::default() };
    let mut open = vec![Folder { location: real.clone(), path: String::new(), real: vec![real], linked: 0 }];
    while let Some(folder) = open.pop() {
        match entries(&folder.location) {
            Ok(names) => {
                for name in names {
                    walk.enter(&folder, &name, &mut open);
                }
            }
            Err(error) => walk.unreadable(&folder.path, &error),
        }
    }
    walk.files.sort_by(|a, b| (&a.path, &a.location).cmp(&(&b.path, &b.location)));
    Ok(walk)
}

fn entries(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let mut names =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

impl Walk {
    fn enter(&mut self, folder: &Folder, name: &std::ffi::OsStr, open: &mut Vec<Folder>) {
        let location = folder.location.join(name);
        let Some(text) = name.to_str() else {
            let path = join(&folder.path, &name.to_string_lossy());
            self.warn(
                Code::InvalidName,
                &path,
                "the name is not valid UTF-8",
                "Rename the file; names from old Korean archives are often EUC-KR.",
            );
            return;
        };
        if text.starts_with('.') {
            return;
        }
        let path = join(&folder.path, &text.nfc().collect::<String>());
        let kind = match fs::symlink_metadata(&location) {
            Ok(kind) => kind.file_type(),
            Err(error) => return self.unreadable(&path, &error),
        };
        if kind.is_symlink() {
            self.enter_link(folder, location, path, open);
        } else if kind.is_dir() {
            let mut real = folder.real.clone();
            real.push(location.clone());
            open.push(Folder { location, path, real, linked: folder.linked });
        } else if is_markdown(&path) {
            if kind.is_file() {
                self.files.push(SourceFile { path, location });
            } else {
                self.special(&path);
            }
        }
    }

    fn enter_link(&mut self, folder: &Folder, location: PathBuf, path: String, open: &mut Vec<Folder>) {
        let target = fs::canonicalize(&location).and_then(|real| Ok((fs::metadata(&real)?, real)));
        let (metadata, real) = match target {
            Ok(target) => target,
            // `FilesystemLoop` is not a stable kind; ELOOP is 40 on Linux and 62 on macOS.
            Err(error) if matches!(error.raw_os_error(), Some(40 | 62)) => return self.symlink_loop(&path),
            Err(_) if !is_markdown(&path) => return,
            Err(error) => return self.unreadable(&path, &error),
        };
        if !metadata.is_dir() && !is_markdown(&path) {
            return;
        }
        if !real.starts_with(&self.root) {
            self.warn(
                Code::OutsideRoot,
                &path,
                "the symbolic link leads out of the articles' folder and was not followed",
                "Copy what it leads to into the folder, or remove the link.",
            );
        } else if metadata.is_file() {
            self.files.push(SourceFile { path, location: real });
        } else if !metadata.is_dir() {
            self.special(&path);
        } else if folder.real.contains(&real) || folder.linked >= MAX_LINKED_FOLDERS {
            self.symlink_loop(&path);
        } else {
            let mut above = folder.real.clone();
            above.push(real.clone());
            open.push(Folder { location: real, path, real: above, linked: folder.linked + 1 });
        }
    }

    fn symlink_loop(&mut self, path: &str) {
        self.warn(
            Code::SymlinkLoop,
            path,
            "symbolic links lead in a circle; this one was not followed",
            "Remove the link.",
        );
    }

    fn special(&mut self, path: &str) {
        self.warn(
            Code::SpecialFile,
            path,
            "this is neither a file nor a folder and was not read",
            "Remove it from the articles' folder.",
        );
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) {
        self.warn(
            Code::Unreadable,
            path,
            &format!("cannot read it: {error}"),
            "Check that it still exists and that you may read it.",
        );
    }

    fn warn(&mut self, code: Code, path: &str, message: &str, help: &str) {
        self.diagnostics.push(Diagnostic::new(code, path, Position::FILE, message, help));
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        fs,
        os::unix::{ffi::OsStrExt as _, fs::symlink},
    };

    use super::walk;
    use crate::diagnostics;

    #[test]
    fn only_markdown_inside_the_folder_is_found() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "secret").unwrap();
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        fs::create_dir_all(at("ko/.hidden")).unwrap();
        fs::create_dir_all(at("b")).unwrap();
        for path in ["a.md", "ko/b.MARKDOWN", "kb.toml", "b/picture.png", "ko/.hidden/c.md", ".d.md"] {
            fs::write(at(path), "").unwrap();
        }
        symlink(root.path(), at("b/up")).unwrap();
        symlink("self.md", at("b/self.md")).unwrap();
        symlink("../a.md", at("b/again.md")).unwrap();
        symlink("nowhere.md", at("b/dangling.md")).unwrap();
        symlink(outside.path(), at("b/outside")).unwrap();
        symlink(outside.path().join("secret.md"), at("b/secret.md")).unwrap();
        symlink("/dev/null", at("b/device.md")).unwrap();
        drop(std::os::unix::net::UnixListener::bind(at("socket.md")).unwrap());
        fs::write(root.path().join(std::ffi::OsStr::from_bytes(b"\xB0\xA1.md")), "").unwrap();
        // As macOS writes the folder "한".
        fs::create_dir_all(at("\u{1112}\u{1161}\u{11AB}")).unwrap();
        fs::write(at("\u{1112}\u{1161}\u{11AB}/x.md"), "").unwrap();

        let mut walk = walk(root.path()).unwrap();
        let paths: Vec<&str> = walk.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b/again.md", "ko/b.MARKDOWN", "한/x.md"]);
        diagnostics::sort(&mut walk.diagnostics);
        insta::assert_snapshot!(diagnostics::to_text(&walk.diagnostics), @r#"
        b/dangling.md: error[unreadable]: cannot read it: No such file or directory (os error 2)
          help: Check that it still exists and that you may read it.
        b/device.md: warning[outside-root]: the symbolic link leads out of the articles' folder and was not followed
          help: Copy what it leads to into the folder, or remove the link.
        b/outside: warning[outside-root]: the symbolic link leads out of the articles' folder and was not followed
          help: Copy what it leads to into the folder, or remove the link.
        b/secret.md: warning[outside-root]: the symbolic link leads out of the articles' folder and was not followed
          help: Copy what it leads to into the folder, or remove the link.
        b/self.md: warning[symlink-loop]: symbolic links lead in a circle; this one was not followed
          help: Remove the link.
        b/up: warning[symlink-loop]: symbolic links lead in a circle; this one was not followed
          help: Remove the link.
        socket.md: warning[special-file]: this is neither a file nor a folder and was not read
          help: Remove it from the articles' folder.
        ��.md: error[invalid-name]: the name is not valid UTF-8
          help: Rename the file; names from old Korean archives are often EUC-KR.
        "#);
    }
}
