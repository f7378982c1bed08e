//! The witness beside the database: kept, joined with another tab's, forgotten.

use kase_register::KeptWitness;
use kase_replication::Witness;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::witness::{forget, keep, read};

fn witness(database: &str, recorded: u64, references: u32) -> KeptWitness {
    let before = Witness { recorded, ..Witness::default() };
    KeptWitness::begun("RIGA-1".into(), "riga".into(), database.into(), Some(&before), references)
}

#[wasm_bindgen_test]
fn what_two_tabs_keep_is_joined_and_another_database_replaces_it() {
    forget();
    assert_eq!(read(), None);
    keep(witness("one", 3, 9));
    keep(witness("one", 5, 2));
    let kept = read().unwrap().witness;
    assert_eq!((kept.recorded, kept.references), (5, 9));
    keep(witness("two", 1, 1));
    assert_eq!(read().unwrap().witness.recorded, 1);
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item("kase-witness-1", "{").unwrap();
    assert_eq!(read(), None, "what cannot be read is nothing");
    forget();
}
