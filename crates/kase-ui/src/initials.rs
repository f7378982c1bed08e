//! One or two letters for a name of any script.

/// The first letters of the first and the last word, in capitals where the script has them: `JK`, `МП`.
/// A letter keeps the marks that belong to it. Empty for a name without letters.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(first_letter);
    let mut out = words.next().unwrap_or_default();
    if let Some(last) = words.next_back() {
        if out.starts_with(joins) {
            // A zero-width non-joiner, or the two letters would join as if they were a word.
            out.push('\u{200c}');
        }
        out.push_str(&last);
    }
    out
}

/// The first letter or digit of a word with its marks, in capitals.
fn first_letter(word: &str) -> Option<String> {
    let start = word.find(char::is_alphanumeric)?;
    let mut characters = word[start..].chars();
    let letter = characters.next()?;
    // German ß would become two letters.
    let mut capital = letter.to_uppercase();
    let mut out = match (capital.next(), capital.next()) {
        (Some(one), None) => String::from(one),
        _ => String::from(letter),
    };
    out.extend(characters.take_while(|following| is_mark(*following)));
    Some(out)
}

/// Scripts whose letters join: Arabic and its kin.
fn joins(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{7ff}' | '\u{840}'..='\u{85f}' | '\u{8a0}'..='\u{8ff}')
}

/// Marks that are written onto the letter before them, of the scripts that registers meet: Unicode's
/// general category M there. A script beyond these loses a mark in its initials, nothing else.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{900}'..='\u{903}'
            | '\u{93a}'..='\u{93c}'
            | '\u{93e}'..='\u{94f}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

#[cfg(test)]
mod tests {
    use super::initials;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_name_of_any_script_has_initials() {
        for (name, expected) in [
            ("Jānis Kalniņš", "JK"),
            ("Elīna Kalnupe-Šķērsliņa", "EK"),
            ("jānis", "J"),
            ("Šarlote Ziediņa Ķere", "ŠĶ"),
            ("S\u{30c}arlote", "S\u{30c}"),
            ("Мария Преображенская", "МП"),
            ("محمد العلي", "م\u{200c}ا"),
            ("李 小龍", "李小"),
            ("«Kalnsētas Maiznīca» SIA", "KS"),
            ("3M", "3"),
            ("ßtraße", "ß"),
            ("😀 !", ""),
            ("  ", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
