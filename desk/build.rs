//! A release build embeds the files of the desk's two faces (`www/dist/desk`). When they change, or appear at last, the
//! desk must be built again; debug builds read them from the folder while they run.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        // Where the folder is missing, the nearest one that exists is watched: a missing path would mean building anew
        // every time.
        let nearest = ["../www/dist/desk", "../www/dist", "../www"].into_iter().find(|path| Path::new(path).is_dir());
        if let Some(path) = nearest {
            println!("cargo:rerun-if-changed={path}");
        }
    }
}
