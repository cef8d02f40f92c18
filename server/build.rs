//! Compiles the style sheet into the binary.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=../style");
    println!("cargo::rerun-if-changed=../migrations");
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    match grass::from_path("../style/main.scss", &options) {
        Ok(css) => {
            let directory = env::var("OUT_DIR").unwrap_or_default();
            if let Err(error) = fs::write(Path::new(&directory).join("app.css"), css) {
                println!("cargo::error=the style sheet cannot be written: {error}");
            }
        }
        Err(error) => println!("cargo::error=style/main.scss: {error}"),
    }
}
