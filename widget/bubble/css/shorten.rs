//! A style sheet without comments and without the white space that only people need.

/// The sheet, shortened. Nothing is understood and nothing reordered: only white space beside `{`, `}`, `;`, `,` and
/// behind `:` goes (before a colon it may stand for "inside of"), and the last semicolon of a block. Strings may hold
/// anything but two spaces in a row.
pub(crate) fn shorten(sheet: &str) -> String {
    let mut text = String::new();
    let mut rest = sheet;
    while let Some(start) = rest.find("/*") {
        text.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    text.push_str(rest);
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (long, short) in
        [(" {", "{"), ("{ ", "{"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ","), (";}", "}")]
    {
        text = text.replace(long, short);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn only_what_people_need_goes() {
        let check = |long, short: &str| assert_eq!(shorten(long), short);
        check(
            "/* A. */\n.a :is(b, c) > d {\n  margin: calc(1px + 2px) 0;\n  color: red;\n}\n",
            ".a :is(b,c) > d{margin:calc(1px + 2px) 0;color:red}",
        );
        check("@media (max-width: 9px) {\n  a { b: c; }\n}\n", "@media (max-width:9px){a{b:c}}");
        check("a { b: \"x y\"; } /* open", "a{b:\"x y\"}");
    }
}
