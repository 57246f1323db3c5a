//! The pages' stylesheets, icons and scripts are built by Vite into `ui/dist` and embedded from there. Without that build
//! the folder is empty: everything still compiles and every page still works, only plainer.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    std::fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed=../../ui/dist");
    println!("cargo::rerun-if-changed=../../locales");
    Ok(())
}
