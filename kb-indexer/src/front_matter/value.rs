use super::Located;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Float,
    Bool,
    Date,
    Null,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer | Self::Float => "a number",
            Self::Bool => "true or false",
            Self::Date => "a date",
            Self::Null => "nothing",
        }
    }
}

/// A value as far as front matter needs it: what lies deeper than a list of scalars is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Scalar(Kind, String),
    List(Vec<Located<Value>>),
    Map,
}

impl Value {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Scalar(kind, _) => kind.name(),
            Self::List(_) => "a list",
            Self::Map => "a map",
        }
    }
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: Located<String>,
    pub(super) value: Located<Value>,
}
