//! One file on its own: all that can be known of an article without the others. Files are read by several threads;
//! what comes of each does not depend on the others, and the results are put back into order.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{address, language};
use crate::{
    article::Section,
    diagnostics::{Code, Diagnostic, Position},
    front_matter::{self, Fields, Located},
    markdown::{self, Body, Foreign, RemarkKind},
    source::{Lines, SourceFile},
};

/// Parsers recurse little, but hostile input should find room.
const STACK_BYTES: usize = 16 << 20;

/// An article before it knows of the others.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) path: String,
    pub(super) fields: Fields,
    pub(super) unknown: Vec<Located<String>>,
    /// Markup of other tools that means nothing here.
    pub(super) foreign: Vec<Located<Foreign>>,
    /// Places of pictures without a description.
    pub(super) silent_images: Vec<Position>,
    pub(super) title: String,
    pub(super) body: Body,
    /// Places of `body.links`.
    pub(super) link_places: Vec<Position>,
    /// Places of `body.images`.
    pub(super) image_places: Vec<Position>,
    pub(super) sections: Vec<Section>,
    /// Anchors that are not those of sections, and where they lead.
    pub(super) aliases: BTreeMap<String, String>,
    /// The language that the text tells by its script.
    pub(super) script: Option<&'static str>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Draft {
    pub(super) fn is_faulty(&self) -> bool {
        self.diagnostics.iter().any(|d| d.code.severity() == crate::diagnostics::Severity::Error)
    }
}

/// Reads all files; results are in the order of `files`.
pub(super) fn read_all(files: &[SourceFile], default_language: &str, progress: &(dyn Fn() + Sync)) -> Vec<Draft> {
    let next = AtomicUsize::new(0);
    let drafts: Mutex<Vec<Option<Draft>>> = Mutex::new(files.iter().map(|_| None).collect());
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(place) else { break };
            let draft = read(file, default_language);
            if let Some(slot) = drafts.lock().unwrap_or_else(PoisonError::into_inner).get_mut(place) {
                *slot = Some(draft);
            }
            progress();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let spawned = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
            if spawned.is_err() {
                // No further thread to be had: this one does the work.
                work();
            }
        }
    });
    drafts.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

fn read(file: &SourceFile, default_language: &str) -> Draft {
    match file.read() {
        Ok(text) => parse(&text, &file.path, default_language),
        Err(diagnostic) => Draft { path: file.path.clone(), diagnostics: vec![diagnostic], ..Draft::default() },
    }
}

/// Makes sense of an article's text.
pub(super) fn parse(text: &str, path: &str, default_language: &str) -> Draft {
    let (front_matter, mut diagnostics) = front_matter::parse(text, path);
    let mut body = markdown::read(&text[front_matter.body..], front_matter.body);
    let lines = Lines::new(text);
    let (mut foreign, mut silent_images) = (Vec::new(), Vec::new());
    for remark in std::mem::take(&mut body.remarks) {
        let at = lines.position(remark.offset);
        match remark.kind {
            RemarkKind::Foreign(value) => foreign.push(Located { value, at }),
            RemarkKind::SilentImage => silent_images.push(at),
            kind => diagnostics.extend(remark_on(&kind, path, at)),
        }
    }
    let heading = markdown::first_heading(&body.events);
    let title = match (&front_matter.fields.title, heading) {
        (Some(title), _) => title.value.clone(),
        (None, Some((text, _))) if !text.trim().is_empty() => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => file_name(path).to_owned(),
    };
    let mut aliases = BTreeMap::new();
    aliases.extend(body.take_title(&title).map(|anchor| (anchor, String::new())));
    aliases.extend(body.aliases());
    let places = |references: &[markdown::Reference]| references.iter().map(|r| lines.position(r.offset)).collect();
    Draft {
        path: path.to_owned(),
        link_places: places(&body.links),
        image_places: places(&body.images),
        sections: markdown::sections(&body.events),
        script: language::of_text(&title, &body.events, default_language),
        fields: front_matter.fields,
        unknown: front_matter.unknown,
        foreign,
        silent_images,
        title,
        body,
        aliases,
        diagnostics,
    }
}

fn file_name(path: &str) -> &str {
    let path = address::without_extension(path);
    path.rsplit('/').next().unwrap_or(path)
}

fn remark_on(kind: &RemarkKind, path: &str, at: Position) -> Option<Diagnostic> {
    let (code, message, help) = match kind {
        RemarkKind::DeepNesting => (
            Code::DeepNesting,
            "blocks are nested more than 64 deep; what lies deeper was flattened".to_owned(),
            "Nest less: readers cannot follow so deep either.",
        ),
        RemarkKind::DroppedElement(name) => (
            Code::DroppedHtml,
            format!("`<{name}>` was left out with its content"),
            "Articles carry no code of their own; remove it.",
        ),
        RemarkKind::DroppedTag(name) => {
            (Code::DroppedHtml, format!("`<{name}>` was left out"), "Embedded media is not shown; link to it instead.")
        }
        RemarkKind::RemoteImage(source) => (
            Code::RemoteImage,
            format!("the picture is not among the articles and is not loaded: {}", shorten(source)),
            "Save it beside the article: loading it would tell another server who reads what.",
        ),
        // Told elsewhere: once a run, or by `check` alone.
        RemarkKind::SilentImage | RemarkKind::Foreign(_) => return None,
    };
    Some(Diagnostic::new(code, path, at, message, help))
}

/// An address short enough for a message.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
