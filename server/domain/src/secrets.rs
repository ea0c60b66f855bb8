//! Tokens and codes: random, and stored as hashes only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{Rng as _, TryRngCore as _, rngs::OsRng};
use sha2::{Digest as _, Sha256};

/// Letters and digits that nobody confuses: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of an invitation code: 60 bits.
const CODE_LENGTH: usize = 12;

/// 256 random bits, for cookies and links.
pub fn new_token() -> String {
    let mut bytes = [0_u8; 32];
    OsRng.unwrap_err().fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256; enough for secrets that are random to begin with.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A new invitation code in its plain form.
pub fn new_code() -> String {
    let mut random = OsRng.unwrap_err();
    (0..CODE_LENGTH).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect()
}

/// The code as it is printed: three groups of four.
pub fn written_code(code: &str) -> String {
    code.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>().join("-")
}

/// The plain form of what somebody typed: case, blanks, dashes and look-alikes are forgiven. None if it can't be a code.
pub fn read_code(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(CODE_LENGTH);
    for c in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '.' | '_')) {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !c.is_ascii() || !ALPHABET.contains(&(c as u8)) || code.len() == CODE_LENGTH {
            return None;
        }
        code.push(c);
    }
    (code.len() == CODE_LENGTH).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_forgive_the_reader() {
        let code = new_code();
        assert_eq!(read_code(&written_code(&code)).as_deref(), Some(code.as_str()));
        assert_eq!(read_code(" oil2 – abcd\t0000 ").as_deref(), Some("0112ABCD0000"));
        for bad in ["", "ABCD", "ABCD-EFGH-JKMU", "ABCD-EFGH-JKMN-P", "ÄBCD-EFGH-JKMN"] {
            assert_eq!(read_code(bad), None, "{bad}");
        }
    }
}
