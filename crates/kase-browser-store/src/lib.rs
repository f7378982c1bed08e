//! The register's database in IndexedDB.
