//! Takes comments and needless space out of JavaScript, and gives private names one letter: line ends stay wherever they
//! can end a statement.
//!
//! This is no minifier on purpose. After brotli, shorter names save little; a renaming tool would be one more thing
//! that can break what visitors run. Private names (`#name`) alone cannot be meant by anything outside their class: in the
//! loader they are 45 of 3,000 bytes.

/// The script without comments, needless space and long private names; unchanged where its end is reached inside a literal, for then
/// something was misread.
pub(crate) fn strip(source: &str) -> String {
    let mut scanner = Scanner {
        rest: source,
        out: String::with_capacity(source.len()),
        gap: None,
        templates: Vec::new(),
        private: Vec::new(),
    };
    match scanner.scan() {
        Some(()) => scanner.out,
        None => source.to_owned(),
    }
}

struct Scanner<'s> {
    rest: &'s str,
    out: String,
    /// Space seen since the last token: a blank or a line end.
    gap: Option<char>,
    /// Open braces of each template literal's `${` that we are in.
    templates: Vec<u32>,
    /// Private names in the order of their first use.
    private: Vec<String>,
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
                    // A comment that spans lines counts as a line end, any other as a blank.
                    let lines = self.rest[..end].contains('\n');
                    self.rest = &self.rest[end..];
                    self.see_space(lines);
                }
                '/' if self.regex_may_stand_here() => self.copy_regex()?,
                '#' => self.copy_private_name(),
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
                    self.see_space(next == '\n');
                }
                _ => self.take(next.len_utf8()),
            }
        }
        self.out.push('\n');
        self.templates.is_empty().then_some(())
    }

    /// Copies a private name as one letter: the first one as `#a`, and so on; those after the 26th as they are.
    fn copy_private_name(&mut self) {
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        let end = self.rest[1..].find(|c| !is_of_name(c)).map_or(self.rest.len(), |end| end + 1);
        let name = self.rest[1..end].to_owned();
        let known = self.private.iter().position(|known| *known == name);
        let at = known.unwrap_or_else(|| {
            self.private.push(name);
            self.private.len() - 1
        });
        match u8::try_from(at).ok().filter(|at| *at < 26) {
            Some(at) => {
                self.take(1);
                self.out.push(char::from(b'a' + at));
                self.rest = &self.rest[end - 1..];
            }
            None => self.take(end),
        }
    }

    /// Copies a token, or a part of one, and before it the space that it needs.
    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        if let (Some(gap), Some(before), Some(after)) = (self.gap.take(), self.out.chars().last(), taken.chars().next())
            && needed(gap, before, after)
        {
            self.out.push(gap);
        }
        self.out.push_str(taken);
        self.rest = rest;
    }

    fn see_space(&mut self, line_end: bool) {
        self.gap = match self.gap {
            Some('\n') => Some('\n'),
            _ if line_end => Some('\n'),
            _ => Some(' '),
        };
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

/// Whether a blank or a line end between two characters may mean something.
fn needed(gap: char, before: char, after: char) -> bool {
    if gap == '\n' {
        // No statement ends after the first kind, and one ends before the second without a line end's help.
        return !matches!(before, '{' | '(' | '[' | ',' | ';') && !matches!(after, '}' | ')' | ']');
    }
    // Signs might grow together: a slash with any other, plus and minus with themselves.
    let alone = |c: char| "{}()[],;:=<>?&|!*%\"'`".contains(c);
    let sign = |c: char| matches!(c, '+' | '-');
    let apart = alone(before) || alone(after) || sign(before) != sign(after);
    !apart
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(strip(source), expected);
    }

    #[test]
    fn comments_and_needless_space_go() {
        check(
            "// head\n\n/**\n * @param {x}\n */\nfunction f(a) { // tail\n    return a /* mid */ + 1;\n}\n",
            "function f(a){return a+1;}\n",
        );
        check("const a = { b: [1, 2] };\n\nif (!a) b()\n", "const a={b:[1,2]};if(!a)b()\n");
    }

    #[test]
    fn line_ends_that_end_a_statement_stay() {
        check("a\n  b\n", "a\nb\n");
        check("return /* x\n */ y", "return\ny\n");
        check("x = {\n  a,\n}\ny()\n(z)", "x={a,}\ny()\n(z)\n");
    }

    #[test]
    fn signs_do_not_grow_together() {
        check("a + +b - -c", "a+ +b- -c\n");
        check("a++ + b; a - (-b)", "a++ +b;a-(-b)\n");
        check("a / /b/.c", "a / /b/.c\n");
        check("x ? .5 : 1. .y", "x?.5:1. .y\n");
    }

    #[test]
    fn literals_stay() {
        check("x = '// no';  y = \"/* no */\";", "x='// no';y=\"/* no */\";\n");
        check("x = 'it\\'s  //';", "x='it\\'s  //';\n");
        check("x = `  // no\n   ${ f({a:  `/*${ 1 }*/`}) }  `;  // yes", "x=`  // no\n   ${f({a:`/*${1}*/`})}  `;\n");
        check("x = ``; y = `${1}${ 2 }`", "x=``;y=`${1}${2}`\n");
    }

    #[test]
    fn private_names_get_short() {
        check(
            "class A { #root; get #b() { return this.#root in `${this.#b} #b` } }",
            "class A{#a;get #b(){return this.#a in`${this.#b} #b`}}\n",
        );
        check("'#root'; x = #root in y", "'#root';x=#a in y\n");
        let many: String = (0..27).map(|at| format!("#n{at};")).collect();
        assert!(strip(&many).ends_with("#z;#n26;\n"));
    }

    #[test]
    fn regular_expressions_stay() {
        check("x = /[/\"']  \\//g;  y", "x=/[/\"']  \\//g;y\n");
        check("return /'/.test(a)", "return /'/.test(a)\n");
        check("return 'a' in b", "return'a'in b\n");
        check("a = (b) / c; // '", "a=(b)/ c;\n");
        check("a = b / c / d;", "a=b / c / d;\n");
    }

    #[test]
    fn what_is_misread_is_left_alone() {
        check("x = 'open", "x = 'open");
        check("x = `open ${ 1", "x = `open ${ 1");
        check("/* open", "/* open");
    }
}
