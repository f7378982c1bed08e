//! Builds anew when a migration is added: `sqlx::migrate!` alone does not see it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
