//! Lets the binary find libtorch at run time: where the feature `rust-bert` linked
//! it from. Without the feature there is nothing to do.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if let Some(folder) = std::env::var_os("DEP_TCH_LIBTORCH_LIB") {
        println!(
            "cargo:rustc-link-arg=-Wl,-rpath={}",
            folder.to_string_lossy()
        );
    }
}
