//! Keys, tokens and passwords: shapes that hardly anything else has.

use core::ops::Range;

use super::number::{SHORTEST, digit};

/// Signs that a key may have besides letters and digits.
#[derive(Clone, Copy)]
enum Signs {
    None,
    Line,
    Dash,
    Both,
}

/// A kind of key: what it begins with, which signs the rest may have, how many characters the rest has at least.
type Shape = (&'static str, Signs, usize);

const SHAPES: [Shape; 37] = [
    // Payment: Stripe, Toss Payments, Square.
    ("sk_live_", Signs::None, 16),
    ("sk_test_", Signs::None, 16),
    ("rk_live_", Signs::None, 16),
    ("rk_test_", Signs::None, 16),
    ("whsec_", Signs::None, 24),
    ("live_sk_", Signs::Line, 16),
    ("test_sk_", Signs::Line, 16),
    ("live_gsk_", Signs::Line, 16),
    ("test_gsk_", Signs::Line, 16),
    ("sq0atp-", Signs::Both, 22),
    ("sq0csp-", Signs::Both, 40),
    // Clouds: Google, DigitalOcean, Vault.
    ("AIza", Signs::Both, 35),
    ("ya29.", Signs::Both, 20),
    ("dop_v1_", Signs::None, 64),
    ("hvs.", Signs::Both, 24),
    // Code and packages: GitHub, GitLab, npm, PyPI, RubyGems.
    ("ghp_", Signs::None, 36),
    ("gho_", Signs::None, 36),
    ("ghu_", Signs::None, 36),
    ("ghs_", Signs::None, 36),
    ("ghr_", Signs::None, 36),
    ("github_pat_", Signs::Line, 40),
    ("glpat-", Signs::Both, 20),
    ("npm_", Signs::None, 36),
    ("pypi-", Signs::Both, 50),
    ("rubygems_", Signs::None, 48),
    // Shops, chat, mail, charts: Shopify, Slack, SendGrid, Grafana.
    ("shpat_", Signs::None, 32),
    ("shpss_", Signs::None, 32),
    ("xoxb-", Signs::Dash, 10),
    ("xoxp-", Signs::Dash, 10),
    ("xoxa-", Signs::Dash, 10),
    ("xoxr-", Signs::Dash, 10),
    ("xoxs-", Signs::Dash, 10),
    ("xapp-", Signs::Dash, 10),
    ("glsa_", Signs::Line, 32),
    ("hf_", Signs::None, 30),
    // Secret keys of age.
    ("AGE-SECRET-KEY-1", Signs::None, 58),
    // Many others; must have digits and both cases.
    (MIXED, Signs::Both, 32),
];

/// A beginning that is also one of words.
const MIXED: &str = "sk-";

/// Names of values that are secret, and how many characters a value has at least.
const NAMES: [(&str, usize); 22] = [
    ("password", 8),
    ("passwd", 8),
    ("passphrase", 8),
    ("pwd", 8),
    ("비밀번호", 8),
    ("비번", 8),
    ("패스워드", 8),
    ("secret", 12),
    ("client_secret", 12),
    ("client-secret", 12),
    ("clientsecret", 12),
    ("api_key", 12),
    ("api-key", 12),
    ("apikey", 12),
    ("access_key", 12),
    ("accesskey", 12),
    ("secret_key", 12),
    ("secretkey", 12),
    ("private_key", 12),
    ("token", 16),
    ("bearer", 20),
    ("인증키", 12),
];

/// Characters of a value that are looked at to tell whether it is a secret.
const LOOKED_AT: usize = 256;

/// The secret that the text behind `before` begins with, or that follows the name which it begins with.
pub(super) fn key(before: &str, rest: &str) -> Option<Range<usize>> {
    let first = rest.chars().next()?;
    if first == ':' {
        return address(rest);
    }
    let within = |char: char| char.is_ascii_alphabetic() || digit(char).is_some() || char == '_' || char == '-';
    let starts = !before.ends_with(within);
    if first.is_ascii_alphabetic() {
        return if starts {
            shaped(rest).or_else(|| web_token(rest)).map(|end| 0..end).or_else(|| named(rest))
        } else {
            None
        };
    }
    if matches!(first, '비' | '패' | '인') { named(rest) } else { None }
}

fn run(text: &str, signs: Signs) -> &str {
    let is_sign = |byte: u8| match signs {
        Signs::None => false,
        Signs::Line => byte == b'_',
        Signs::Dash => byte == b'-',
        Signs::Both => byte == b'_' || byte == b'-',
    };
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !is_sign(byte)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Where a key of a known shape ends.
fn shaped(text: &str) -> Option<usize> {
    // Amazon's: 20 capitals and digits, no more.
    if text.starts_with("AKIA") || text.starts_with("ASIA") {
        let key = run(text, Signs::None);
        let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        return (key.len() == 20 && key.bytes().all(capital)).then_some(20);
    }
    // SendGrid's has a dot within.
    if let Some(rest) = text.strip_prefix("SG.") {
        let first = run(rest, Signs::Both).len();
        let second = rest.get(first..)?.strip_prefix('.').map(|rest| run(rest, Signs::Both).len())?;
        return (first >= 16 && second >= 32).then_some("SG.".len() + first + 1 + second);
    }
    SHAPES.iter().find_map(|(prefix, signs, least)| {
        let key = run(text.strip_prefix(prefix)?, *signs);
        let near = key.as_bytes().get(..LOOKED_AT).unwrap_or(key.as_bytes());
        let mixed = near.iter().any(u8::is_ascii_digit)
            && near.iter().any(u8::is_ascii_uppercase)
            && near.iter().any(u8::is_ascii_lowercase);
        (key.len() >= *least && (*prefix != MIXED || mixed)).then_some(prefix.len() + key.len())
    })
}

/// Where a JSON Web Token (three parts; five where it is encrypted) ends.
fn web_token(text: &str) -> Option<usize> {
    let head = run(text.strip_prefix("eyJ").map(|_| text)?, Signs::Both);
    let mut end = head.len();
    let mut parts = 1;
    while parts < 5
        && let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix('.'))
    {
        let part = run(rest, Signs::Both);
        // The signature is empty in tokens that are not signed.
        if part.is_empty() && parts != 2 {
            break;
        }
        end += 1 + part.len();
        parts += 1;
    }
    let body = text.get(head.len() + 1..end)?;
    (parts >= 3 && head.len() >= 10 && body.len() >= 10).then_some(end)
}

/// The value behind a name such as `password`.
fn named(text: &str) -> Option<Range<usize>> {
    let word = run(text, Signs::Both);
    // Not the whole word need be the name: `DB_PASSWORD`.
    let ends = |name: &str| {
        word.len()
            .checked_sub(name.len())
            .and_then(|at| word.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let (name, least) =
        NAMES.iter().find(|(name, _)| if word.is_empty() { text.starts_with(name) } else { ends(name) })?;
    if holds_number(word) {
        return None;
    }
    let name_end = if word.is_empty() { name.len() } else { word.len() };
    let start = name_end + assignment(text.get(name_end..)?, *name == "bearer")?;
    let value = text.get(start..)?;
    // A place for a value, an address, or a mark.
    if value.starts_with(['$', '{', '<', '%', '*', '[', '(']) || value.starts_with("http") {
        return None;
    }
    let near = value.get(..value.floor_char_boundary(LOOKED_AT))?;
    let near = near.split(ends_value).next()?.as_bytes();
    let secret =
        near.len() >= *least && near.iter().any(u8::is_ascii_digit) && near.iter().any(u8::is_ascii_alphabetic);
    secret.then(|| start..start + value.find(ends_value).unwrap_or(value.len()))
}

/// Whether a number may stand within that is to be taken out by itself: what goes before a secret is not looked at again.
fn holds_number(text: &str) -> bool {
    text.chars().filter_map(digit).nth(SHORTEST - 1).is_some()
}

fn ends_value(char: char) -> bool {
    char.is_whitespace() || "\"'`,;<>&[]“”‘’".contains(char)
}

/// Bytes from a name to its value: quotes, spaces, and a sign for "is".
fn assignment(text: &str, space: bool) -> Option<usize> {
    const SPACES: usize = 3;
    let skip = |text: &str, at: usize, chars: &[char]| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.chars().take(SPACES).take_while(|char| chars.contains(char)).map(char::len_utf8).sum::<usize>()
    };
    let quotes = ['"', '\'', '`', '“', '”', '‘', '’', ' ', '\t'];
    let mut at = skip(text, 0, &quotes);
    let rest = text.get(at..)?;
    let sign = ["=>", ":=", "=", ":", "："].into_iter().find(|sign| rest.starts_with(sign));
    match sign {
        Some(sign) => at += sign.len(),
        None if space && at > 0 => {}
        None => return None,
    }
    Some(skip(text, at, &quotes))
}

/// The password of an address such as `scheme://name:password@host`.
fn address(text: &str) -> Option<Range<usize>> {
    const NAME: usize = 64;
    const PASSWORD: usize = 256;
    let rest = text.strip_prefix("://")?;
    let is_part = |char: char| !char.is_whitespace() && !"/@?#:[]\"'<>".contains(char);
    let part = |text: &str, most: usize| -> usize {
        text.chars().take(most).take_while(|char| is_part(*char)).map(char::len_utf8).sum()
    };
    let name = part(rest, NAME);
    let password = rest.get(name..)?.strip_prefix(':')?;
    let length = part(password, PASSWORD);
    let start = "://".len() + name + 1;
    let alone = !holds_number(rest.get(..name)?);
    (alone && length > 0 && password.get(length..)?.starts_with('@')).then_some(start..start + length)
}

/// Searches for private keys in PEM; remembers that no more ends follow, so that a text full of beginnings is gone through
/// once.
#[derive(Default)]
pub(super) struct Pem {
    no_more_ends: bool,
}

/// Characters of the shortest line of a key without an end.
const LINE: usize = 16;

impl Pem {
    /// Where the private key ends that a text begins with.
    pub(super) fn key(&mut self, text: &str) -> Option<usize> {
        const BEGIN: &str = "-----BEGIN ";
        const END: &str = "-----END ";
        const HEADER: usize = 64;
        let rest = text.strip_prefix(BEGIN)?;
        let kind = rest.bytes().take(HEADER).position(|byte| !byte.is_ascii_uppercase() && byte != b' ')?;
        let header = rest.get(kind..)?.starts_with("-----") && rest.get(..kind)?.contains("PRIVATE KEY");
        if !header {
            return None;
        }
        let body = BEGIN.len() + kind + "-----".len();
        let end = if self.no_more_ends { None } else { text.get(body..)?.find(END) };
        self.no_more_ends = end.is_none();
        if let Some(end) = end {
            let end = body + end + END.len();
            let kind =
                text.get(end..)?.bytes().take(HEADER).take_while(|byte| byte.is_ascii_uppercase() || *byte == b' ');
            let end = end + kind.count();
            return Some(end + if text.get(end..)?.starts_with("-----") { "-----".len() } else { 0 });
        }
        // Cut off: what follows in long words of its letters.
        let mut end = body;
        loop {
            let rest = text.get(end..)?;
            let word = rest.trim_start();
            let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=\\".contains(&byte);
            let length = word.bytes().position(|byte| !is_base64(byte)).unwrap_or(word.len());
            if length < LINE {
                return Some(end);
            }
            end += rest.len() - word.len() + length;
        }
    }
}
