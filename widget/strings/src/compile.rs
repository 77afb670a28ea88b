//! From Fluent sources of several languages to one Rust function a message.
//!
//! What a message may use: text, `{ $variable }`, `{ "literal" }` and `{ $number -> [0] … [one] … *[other] … }`. A
//! variable that chooses between variants is a number (`u32`), every other one a `&str`. All else is an error, and so
//! is a message that one language has and another has not: a visitor must never meet a hole.

use std::{collections::BTreeMap, fmt::Write as _};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};

/// The strings of one language.
pub(crate) struct Source<'a> {
    /// Variant of `Lang`.
    pub(crate) variant: &'a str,
    /// Where the text is from, for messages.
    pub(crate) path: &'a str,
    /// Fluent source.
    pub(crate) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Number,
}

type Variables = BTreeMap<String, Kind>;
type Messages<'s> = BTreeMap<&'s str, Pattern<&'s str>>;

const CATEGORIES: [(&str, &str); 6] =
    [("zero", "Zero"), ("one", "One"), ("two", "Two"), ("few", "Few"), ("many", "Many"), ("other", "Other")];

/// Compiles the sources to the text of a Rust module, or says everything that is wrong with them.
pub(crate) fn compile(sources: &[Source<'_>]) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let read: Vec<Messages<'_>> = sources.iter().map(|source| messages(source, &mut problems)).collect();
    let mut keys: BTreeMap<&str, Variables> = BTreeMap::new();
    for (source, messages) in sources.iter().zip(&read) {
        for (key, pattern) in messages {
            let at = format!("{}: {key}", source.path);
            variables(pattern, keys.entry(key).or_default(), &at, &mut problems);
        }
    }
    for (source, messages) in sources.iter().zip(&read) {
        for (key, all) in &keys {
            let Some(pattern) = messages.get(key) else {
                problems.push(format!("{}: {key} is missing: add it, other languages have it", source.path));
                continue;
            };
            let mut own = Variables::new();
            variables(pattern, &mut own, "", &mut Vec::new());
            for name in all.keys().filter(|name| !own.contains_key(*name)) {
                problems.push(format!("{}: {key} does not use ${name}: use it, other languages do", source.path));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(keys.iter().map(|(key, variables)| function(key, variables, sources, &read)).collect())
}

fn messages<'s>(source: &'s Source<'_>, problems: &mut Vec<String>) -> Messages<'s> {
    let mut messages = Messages::new();
    let resource = match parser::parse(source.text.as_str()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let line = source.text[..error.pos.start.min(source.text.len())].matches('\n').count() + 1;
                problems.push(format!("{}:{line}: {}: mend the syntax", source.path, error.kind));
            }
            resource
        }
    };
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name;
                if !message.attributes.is_empty() {
                    problems.push(format!("{}: {key} has attributes: make each a message", source.path));
                }
                match message.value {
                    Some(value) => {
                        if messages.insert(key, value).is_some() {
                            problems.push(format!("{}: {key} is there twice: remove one", source.path));
                        }
                    }
                    None => problems.push(format!("{}: {key} has no text: write it", source.path)),
                }
            }
            Entry::Term(term) => problems
                .push(format!("{}: -{} is a term: write the words into the messages", source.path, term.id.name)),
            _ => {}
        }
    }
    messages
}

fn variables(pattern: &Pattern<&str>, found: &mut Variables, at: &str, problems: &mut Vec<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                found.entry(id.name.replace('-', "_")).or_insert(Kind::Text);
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(_) => {
                problems.push(format!("{at}: only variables and \"literals\" may stand in braces"))
            }
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    found.insert(id.name.replace('-', "_"), Kind::Number);
                } else {
                    problems.push(format!("{at}: only a variable may choose between variants"));
                }
                for variant in variants {
                    if selector_of(variant).is_none() {
                        problems.push(format!("{at}: a variant must be a whole number or a plural category"));
                    }
                    variables(&variant.value, found, at, problems);
                }
            }
        }
    }
}

enum Selector<'s> {
    Exactly(u32),
    Category(&'s str),
}

fn selector_of<'s>(variant: &Variant<&'s str>) -> Option<Selector<'s>> {
    match variant.key {
        VariantKey::NumberLiteral { value } => value.parse().ok().map(Selector::Exactly),
        VariantKey::Identifier { name } => {
            CATEGORIES.iter().find(|(known, _)| *known == name).map(|(_, category)| Selector::Category(category))
        }
    }
}

fn function(key: &str, variables: &Variables, sources: &[Source<'_>], read: &[Messages<'_>]) -> String {
    let name = key.replace('-', "_");
    let mut code = format!("/// `{key}`.\npub(crate) fn {name}(lang: Lang");
    for (variable, kind) in variables {
        let kind = if *kind == Kind::Number { "u32" } else { "&str" };
        let _ = write!(code, ", {variable}: {kind}");
    }
    if variables.is_empty() {
        code.push_str(") -> &'static str {\n    match lang {\n");
    } else {
        code.push_str(") -> String {\n    let mut out = String::new();\n    match lang {\n");
    }
    for (source, messages) in sources.iter().zip(read) {
        let Some(pattern) = messages.get(key) else {
            continue;
        };
        if variables.is_empty() {
            let _ = writeln!(code, "        Lang::{} => {:?},", source.variant, plain(pattern));
        } else {
            let _ = writeln!(code, "        Lang::{} => {{", source.variant);
            push(pattern, variables, &mut code);
            code.push_str("        }\n");
        }
    }
    code.push_str("    }\n");
    if !variables.is_empty() {
        code.push_str("    out\n");
    }
    code.push_str("}\n");
    code
}

fn plain(pattern: &Pattern<&str>) -> String {
    pattern.elements.iter().map(|element| literal(element).unwrap_or_default()).collect()
}

fn literal<'s>(element: &PatternElement<&'s str>) -> Option<&'s str> {
    match element {
        PatternElement::TextElement { value } => Some(value),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
            Some(value)
        }
        PatternElement::Placeable { .. } => None,
    }
}

fn push(pattern: &Pattern<&str>, variables: &Variables, code: &mut String) {
    for element in &pattern.elements {
        if let Some(text) = literal(element) {
            let _ = writeln!(code, "out.push_str({text:?});");
            continue;
        }
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                let name = id.name.replace('-', "_");
                if variables.get(&name) == Some(&Kind::Number) {
                    let _ = writeln!(code, "out.push_str(&number(lang, {name}));");
                } else {
                    let _ = writeln!(code, "out.push_str({name});");
                }
            }
            Expression::Inline(_) => {}
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    continue;
                };
                select(&id.name.replace('-', "_"), variants, variables, code);
            }
        }
    }
}

/// Whole numbers win over plural categories, whatever their order, as Fluent says.
fn select(name: &str, variants: &[Variant<&str>], variables: &Variables, code: &mut String) {
    let _ = writeln!(code, "match {name} {{");
    for variant in variants {
        if let Some(Selector::Exactly(number)) = selector_of(variant) {
            let _ = writeln!(code, "{number} => {{");
            push(&variant.value, variables, code);
            code.push_str("}\n");
        }
    }
    let categories = variants
        .iter()
        .filter(|variant| matches!(selector_of(variant), Some(Selector::Category(_))) && !variant.default);
    let mut arms = String::new();
    for variant in categories {
        if let Some(Selector::Category(category)) = selector_of(variant) {
            let _ = writeln!(arms, "Plural::{category} => {{");
            push(&variant.value, variables, &mut arms);
            arms.push_str("}\n");
        }
    }
    let mut default = String::new();
    for variant in variants.iter().filter(|variant| variant.default) {
        push(&variant.value, variables, &mut default);
    }
    if arms.is_empty() {
        let _ = writeln!(code, "_ => {{\n{default}}}");
    } else {
        let _ = writeln!(code, "_ => match plural(lang, {name}) {{\n{arms}_ => {{\n{default}}}\n}},");
    }
    code.push_str("}\n");
}

#[cfg(test)]
mod tests {
    use super::{Source, compile};

    fn check(en: &str, ko: &str) -> String {
        let source = |variant, path, text: &str| Source { variant, path, text: text.to_owned() };
        match compile(&[source("En", "en.ftl", en), source("Ko", "ko.ftl", ko)]) {
            Ok(code) => code,
            Err(problems) => problems.join("\n"),
        }
    }

    #[test]
    fn text_without_variables_is_static() {
        insta::assert_snapshot!(check("ask = Ask\n", "ask = 질문\n"), @r#"
        /// `ask`.
        pub(crate) fn ask(lang: Lang) -> &'static str {
            match lang {
                Lang::En => "Ask",
                Lang::Ko => "질문",
            }
        }
        "#);
    }

    #[test]
    fn numbers_choose_variants() {
        let en = "found = { $n ->\n    [0] nothing\n    [one] one of { $name }\n   *[other] { $n } of { $name }\n }\n";
        let ko = "found = { $name }에서 { $n }개\n";
        insta::assert_snapshot!(check(en, ko), @r#"
        /// `found`.
        pub(crate) fn found(lang: Lang, n: u32, name: &str) -> String {
            let mut out = String::new();
            match lang {
                Lang::En => {
        match n {
        0 => {
        out.push_str("nothing");
        }
        _ => match plural(lang, n) {
        Plural::One => {
        out.push_str("one of ");
        out.push_str(name);
        }
        _ => {
        out.push_str(&number(lang, n));
        out.push_str(" of ");
        out.push_str(name);
        }
        },
        }
                }
                Lang::Ko => {
        out.push_str(name);
        out.push_str("에서 ");
        out.push_str(&number(lang, n));
        out.push_str("개");
                }
            }
            out
        }
        "#);
    }

    #[test]
    fn holes_and_strangers_are_errors() {
        insta::assert_snapshot!(check("a = A\nb = B { $x }\n", "c = C\nb = B\n"), @r#"
        en.ftl: c is missing: add it, other languages have it
        ko.ftl: a is missing: add it, other languages have it
        ko.ftl: b does not use $x: use it, other languages do
        "#);
        insta::assert_snapshot!(check("-t = T\na = { -t }\nb = B\nb = B\n", "a = A\nb = { $n ->\n *[much] x\n }\n"), @r#"
        en.ftl: -t is a term: write the words into the messages
        en.ftl: b is there twice: remove one
        en.ftl: a: only variables and "literals" may stand in braces
        ko.ftl: b: a variant must be a whole number or a plural category
        en.ftl: b does not use $n: use it, other languages do
        "#);
        insta::assert_snapshot!(
            check("a = A\nb\n", "a = A\n"),
            @r#"en.ftl:2: Expected a token starting with "=": mend the syntax"#
        );
    }
}
