//! One format: its numbered fixtures, and what each of them means today.

use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::newer::reads_a_newer_peer;

/// Set by `cargo xtask formats`: what has no fixture yet gets one.
const WRITE: &str = "KASE_FORMATS_WRITE";

/// Named values, each as one version of the program wrote it.
pub(crate) type Cases<T> = Vec<(&'static str, T)>;

/// The fixtures of one format.
pub(crate) struct Fixtures {
    name: &'static str,
    kind: &'static str,
}

impl Fixtures {
    pub(crate) fn json(name: &'static str) -> Self {
        Self { name, kind: "json" }
    }

    pub(crate) fn sql(name: &'static str) -> Self {
        Self { name, kind: "sql" }
    }

    /// How many versions have a fixture; they are numbered from 1.
    pub(crate) fn count(&self) -> usize {
        (1..).take_while(|version| self.path(*version).is_file()).count()
    }

    pub(crate) fn read(&self, version: usize) -> String {
        fs::read_to_string(self.path(version)).unwrap()
    }

    /// Adds the next version, where that was asked for.
    pub(crate) fn add(&self, text: &str) -> bool {
        let is_asked = std::env::var_os(WRITE).is_some();
        if is_asked {
            let path = self.path(self.count() + 1);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            println!("new: {}", path.display());
        }
        is_asked
    }

    /// From the checkout's root, as people are told.
    pub(crate) fn shown(&self, version: usize) -> String {
        format!("crates/kase-formats/fixtures/{}/{version}.{}", self.name, self.kind)
    }

    fn path(&self, version: usize) -> PathBuf {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(self.name);
        root.join(format!("{version}.{}", self.kind))
    }
}

/// Opens every fixture of a format. `means` says what each version means today, oldest first; the last are samples
/// of every case that today's code writes.
#[track_caller]
pub(crate) fn opens<T>(name: &'static str, means: &[Cases<T>])
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let fixtures = Fixtures::json(name);
    let today = text_of(means.last().unwrap());
    let newest = fixtures.count();
    let is_changed = newest == means.len() && fixtures.read(newest) != today;
    if (is_changed || newest + 1 == means.len()) && !fixtures.add(&today) {
        panic!(
            "`{name}` is written otherwise than its newest fixture, {}, says.\n\
             If that is not wanted, mend the code. If it is: keep that file as it is, call `cargo xtask formats`, \
             which writes version {}, and say beside the sample what version {newest} means today.\n\
             Today's code writes:\n{today}",
            fixtures.shown(newest),
            newest + 1
        );
    }
    let count = fixtures.count();
    assert!(
        count == means.len(),
        "`{name}` has {count} fixtures, and {} of them have a meaning: put what version {} means today before the \
         sample of the newest, in {}. A fixture that never landed may be deleted, with its line in formats.lock",
        means.len(),
        means.len(),
        std::panic::Location::caller().file(),
    );
    for (at, expected) in means.iter().enumerate() {
        opens_version(&fixtures, at + 1, expected);
    }
}

#[track_caller]
fn opens_version<T>(fixtures: &Fixtures, version: usize, expected: &Cases<T>)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let shown = fixtures.shown(version);
    let cases = read_cases(&fixtures.read(version));
    let names: Vec<&str> = cases.iter().map(|(name, _)| name.as_str()).collect();
    let mut wanted: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    wanted.sort_unstable();
    assert_eq!(names, wanted, "the cases of {shown}");
    for (name, text) in &cases {
        let (_, expected) = expected.iter().find(|(case, _)| case == name).unwrap();
        let read: T = serde_json::from_str(text).unwrap_or_else(|error| {
            panic!("{shown}, `{name}` is not understood any more: {error}. It has shipped; read it as before")
        });
        assert_eq!(&read, expected, "{shown}, `{name}` is not understood as before");
        let again: T = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(&again, expected, "{shown}, `{name}`, written again");
        reads_a_newer_peer::<T>(text, &format!("{shown}, `{name}`"));
    }
}

/// One case a paragraph, in their order; what is kept as bytes stays on one line.
fn text_of<T: Serialize>(cases: &Cases<T>) -> String {
    let cases = cases.iter().map(|(name, value)| {
        let value = serde_json::to_string_pretty(value).unwrap().replace('\n', "\n  ");
        format!("  {}: {value}", serde_json::to_string(name).unwrap())
    });
    format!("{{\n{}\n}}\n", cases.collect::<Vec<_>>().join(",\n"))
}

/// Names and texts, in the order of the names.
pub(crate) fn read_cases(text: &str) -> Vec<(String, String)> {
    let cases: std::collections::BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(text).unwrap();
    cases.into_iter().map(|(name, raw)| (name, raw.get().to_owned())).collect()
}
