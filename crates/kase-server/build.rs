//! Builds anew when the web files appear or change, which are taken into the binary.

fn main() {
    println!("cargo:rerun-if-changed=../../target/web");
}
