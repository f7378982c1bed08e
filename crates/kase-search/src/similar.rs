//! Whether two names are very similar: the same words, up to a slip or two of the finger.

/// Characters of a name that are compared.
const MOST_CHARACTERS: usize = 120;

/// Whether two folded names mean, as likely as not, the same person.
pub(crate) fn very_similar(one: &str, other: &str) -> bool {
    let (one, other) = (sorted(one), sorted(other));
    let shorter = one.len().min(other.len());
    if shorter == 0 {
        return false;
    }
    // One slip in a short name, two in a longer one; none where a letter makes another name.
    let allowed = match shorter {
        0..4 => 0,
        4..12 => 1,
        _ => 2,
    };
    distance_at_most(&one, &other, allowed)
}

/// The letters of the name's words, in the order of the words, so that `Kalniņa Anna` is `Anna Kalniņa`.
fn sorted(name: &str) -> Vec<char> {
    let mut words: Vec<&str> = crate::fold::words(name).map(|(_, word)| word).collect();
    words.sort_unstable();
    words.join(" ").chars().take(MOST_CHARACTERS).collect()
}

/// Whether at most `allowed` letters are left out, added, changed or swapped with their neighbour.
fn distance_at_most(one: &[char], other: &[char], allowed: usize) -> bool {
    if one.len().abs_diff(other.len()) > allowed {
        return false;
    }
    let width = other.len() + 1;
    let mut before_last: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    for i in 1..=one.len() {
        row[0] = i;
        for j in 1..width {
            let change = last[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        if row.iter().all(|&distance| distance > allowed) {
            return false;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[other.len()] <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(very_similar(&fold(one), &fold(other)), expected, "{one} and {other}");
        assert_eq!(very_similar(&fold(other), &fold(one)), expected, "{other} and {one}");
    }

    #[test]
    fn a_slip_of_the_finger_makes_no_other_person() {
        check("Anna Bērziņa", "anna berzina", true);
        check("Anna Bērziņa", "Bērziņa Anna", true);
        check("Anna Bērziņa", "Ana Berziņa", true);
        check("Anna Bērziņa", "Anan Bērziņa", true);
        check("Jānis Kalniņš", "Jana Kalniņa", false);
        check("Anna Bērziņa", "Anna Liepiņa", false);
        check("Семён Иванов", "Семен Иваноф", true);
        check("Ян", "Ян", true);
        check("Ян", "Ан", false);
        check("", "", false);
    }
}
