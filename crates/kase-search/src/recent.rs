//! Customers that came lately, before they are sorted into a segment: few enough to be looked through.

use kase_domain::CustomerId;

use crate::Entry;
use crate::fold::fold;
use crate::term::terms_of;

/// A customer as it is sorted into a segment.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) id: CustomerId,
    /// The folded name: ties are ordered by it.
    pub(crate) name: Box<str>,
    /// Sorted, each once.
    pub(crate) terms: Vec<Box<[u8]>>,
}

impl Document {
    pub(crate) fn new(entry: &Entry<'_>) -> Self {
        Self {
            id: entry.customer_id,
            name: fold(&entry.customer.display_name()).into_boxed_str(),
            terms: terms_of(entry),
        }
    }

    /// Whether a term begins with `prefix`.
    pub(crate) fn has_prefix(&self, prefix: &[u8]) -> bool {
        let at = self.terms.partition_point(|term| **term < *prefix);
        self.terms.get(at).is_some_and(|term| term.starts_with(prefix))
    }

    /// Whether it has this very term.
    pub(crate) fn has_term(&self, term: &[u8]) -> bool {
        self.terms.binary_search_by(|own| (**own).cmp(term)).is_ok()
    }
}
