//! Takes comments and indentation out of JavaScript, and nothing else: line ends stay, so no statement can change.
//!
//! This is no minifier on purpose. After brotli, shorter names save little; a renaming tool would be one more thing
//! that can break what visitors run.

/// The script without comments, indentation and empty lines; unchanged where its end is reached inside a literal, for
/// then something was misread.
pub(crate) fn strip(source: &str) -> String {
    let mut scanner = Scanner { rest: source, out: String::with_capacity(source.len()), templates: Vec::new() };
    match scanner.scan() {
        Some(()) => scanner.out,
        None => source.to_owned(),
    }
}

struct Scanner<'s> {
    rest: &'s str,
    out: String,
    /// Open braces of each template literal's `${` that we are in.
    templates: Vec<u32>,
}

impl Scanner<'_> {
    fn scan(&mut self) -> Option<()> {
        while let Some(next) = self.rest.chars().next() {
            match next {
                '"' | '\'' => self.copy_string(next)?,
                '`' => {
                    self.take(1);
                    self.copy_template()?;
                }
                '/' if self.rest.starts_with("//") => {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.rest = &self.rest[end..];
                }
                '/' if self.rest.starts_with("/*") => {
                    let end = self.rest.find("*/")? + 2;
                    // A comment that spans lines counts as a line end, any other as a space.
                    let gap = if self.rest[..end].contains('\n') { '\n' } else { ' ' };
                    self.rest = &self.rest[end..];
                    self.push_space(gap);
                }
                '/' if self.regex_may_stand_here() => self.copy_regex()?,
                '{' => {
                    if let Some(depth) = self.templates.last_mut() {
                        *depth += 1;
                    }
                    self.take(1);
                }
                '}' => match self.templates.last_mut() {
                    Some(0) => {
                        self.templates.pop();
                        self.take(1);
                        self.copy_template()?;
                    }
                    Some(depth) => {
                        *depth -= 1;
                        self.take(1);
                    }
                    None => self.take(1),
                },
                ' ' | '\t' | '\r' | '\n' => {
                    self.rest = &self.rest[1..];
                    self.push_space(if next == '\n' { '\n' } else { ' ' });
                }
                _ => self.take(next.len_utf8()),
            }
        }
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out.push('\n');
        self.templates.is_empty().then_some(())
    }

    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.out.push_str(taken);
        self.rest = rest;
    }

    /// One space or line end between two words, the line end winning.
    fn push_space(&mut self, gap: char) {
        match self.out.chars().last() {
            None | Some('\n') => {}
            Some(' ') if gap == '\n' => {
                self.out.pop();
                self.out.push('\n');
            }
            Some(' ') => {}
            Some(_) => self.out.push(gap),
        }
    }

    fn copy_string(&mut self, quote: char) -> Option<()> {
        let end = self.end_of(quote, 1)?;
        self.take(end);
        Some(())
    }

    /// From inside a template literal to its end, or to its next `${`.
    fn copy_template(&mut self) -> Option<()> {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        loop {
            match bytes.get(at)? {
                b'\\' => at += 2,
                b'`' => {
                    self.take(at + 1);
                    return Some(());
                }
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    self.templates.push(0);
                    self.take(at + 2);
                    return Some(());
                }
                _ => at += 1,
            }
        }
    }

    fn copy_regex(&mut self) -> Option<()> {
        let bytes = self.rest.as_bytes();
        let mut class = false;
        let mut at = 1;
        loop {
            match bytes.get(at)? {
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'\n' => return None,
                b'/' if !class => break,
                _ => {}
            }
            at += 1;
        }
        self.take(at + 1);
        Some(())
    }

    /// A slash divides after a value and starts a regular expression after anything else.
    fn regex_may_stand_here(&self) -> bool {
        let before = self.out.trim_end();
        let Some(last) = before.chars().last() else {
            return true;
        };
        if last.is_alphanumeric() || matches!(last, '_' | '$') {
            let word =
                before.rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).next().unwrap_or_default();
            return matches!(word, "return" | "typeof" | "case" | "in" | "of" | "void" | "delete" | "yield" | "await");
        }
        !matches!(last, ')' | ']' | '}' | '"' | '\'' | '`')
    }

    fn end_of(&self, quote: char, start: usize) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at)? {
                b'\\' => at += 2,
                b'\n' => return None,
                byte if char::from(*byte) == quote => return Some(at + 1),
                _ => at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(strip(source), expected);
    }

    #[test]
    fn comments_and_indentation_go() {
        check(
            "// head\n\n/**\n * @param {x}\n */\nfunction f(a) { // tail\n    return a /* mid */ + 1;\n}\n",
            "function f(a) {\nreturn a + 1;\n}\n",
        );
    }

    #[test]
    fn line_ends_stay() {
        check("a\n  b\n", "a\nb\n");
        check("return /* x\n */ y", "return\ny\n");
    }

    #[test]
    fn literals_stay() {
        check("x = '// no';  y = \"/* no */\";", "x = '// no'; y = \"/* no */\";\n");
        check("x = 'it\\'s  //';", "x = 'it\\'s  //';\n");
        check(
            "x = `  // no\n   ${ f({a:  `/*${ 1 }*/`}) }  `;  // yes",
            "x = `  // no\n   ${ f({a: `/*${ 1 }*/`}) }  `;\n",
        );
    }

    #[test]
    fn regular_expressions_stay() {
        check("x = /[/\"']  \\//g;  y", "x = /[/\"']  \\//g; y\n");
        check("return /'/.test(a)", "return /'/.test(a)\n");
        check("a = (b) / c; // '", "a = (b) / c;\n");
        check("a = b / c / d;", "a = b / c / d;\n");
    }

    #[test]
    fn what_is_misread_is_left_alone() {
        check("x = 'open", "x = 'open");
        check("x = `open ${ 1", "x = `open ${ 1");
        check("/* open", "/* open");
    }
}
