//! Markdown to HTML that is safe to show.
//!
//! Safe by construction: raw HTML, pictures and links to anything but the web, mail, telephones and our own
//! pages are faults, and nothing that is at fault is ever shown.

use std::fmt;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, html};

use super::fault::{Faults, Lines};

/// HTML made from Markdown by this module: the only HTML that a page writes out as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Html(Arc<str>);

impl Html {
    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, to be written out without a copy of it.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        self.0.clone()
    }

    /// The words alone, for places that take no markup.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut inside = false;
        for it in self.0.chars() {
            match it {
                '<' => inside = true,
                '>' if inside => inside = false,
                _ if !inside => text.push(it),
                _ => {}
            }
        }
        // What the writer of HTML escapes.
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        text.replace("&amp;", "&").trim().to_owned()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({} bytes)", self.0.len())
    }
}

/// Tables and strikethrough read naturally; nothing else is switched on, so that what looks like text is text.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// How deep quotes, lists and emphasis may stand in each other. Our choice: no reader follows further.
const DEEPEST: usize = 12;

/// Renders what somebody wrote in a form.
///
/// # Errors
/// Everything that has to be put right, each with its line.
pub fn written(markdown: &str) -> Result<Html, Vec<super::Fault>> {
    let mut faults = Faults::of(std::path::Path::new(""));
    let html = render(markdown, 1, &mut faults);
    if faults.list.is_empty() { Ok(html) } else { Err(faults.list) }
}

/// Renders a piece of Markdown that begins on `first_line` of its file.
pub(super) fn render(markdown: &str, first_line: usize, faults: &mut Faults<'_>) -> Html {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, checked(markdown, first_line, faults).into_iter());
    Html(out.into())
}

/// Renders a piece that stands inside a line, such as an answer, without the paragraph around it.
pub(super) fn render_inline(markdown: &str, first_line: usize, faults: &mut Faults<'_>) -> Html {
    let html = render(markdown, first_line, faults);
    let text = html.as_str().trim();
    match text.strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => Html(inside.into()),
        _ => html,
    }
}

fn checked<'a>(markdown: &'a str, first_line: usize, faults: &mut Faults<'_>) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let lines = Lines::of(markdown);
    let mut depth = 0_usize;
    for (event, at) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        let line = first_line + lines.at(at.start) - 1;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        // What is opened so deep is not closed here: what is at fault is shown nowhere.
        if depth > DEEPEST {
            faults
                .at(line, format!("take this apart: it stands more than {DEEPEST} deep in quotes and lists"));
            break;
        }
        if faults.is_full() {
            break;
        }
        match &event {
            Event::Html(_) | Event::InlineHtml(_) => {
                faults.at(line, "write it in Markdown: HTML is not shown here");
                continue;
            }
            Event::Start(Tag::Link { dest_url, .. }) if !leads_somewhere_safe(dest_url) => {
                faults.at(
                    line,
                    "let the link begin with https://, mailto:, tel:, sms: or / for a page of ours",
                );
            }
            Event::Start(Tag::Image { .. }) => {
                faults.at(line, "describe the picture in words: pictures are not shown yet");
            }
            Event::Start(Tag::Heading { level, .. })
                if !matches!(level, HeadingLevel::H2 | HeadingLevel::H3) =>
            {
                faults
                    .at(line, "begin the heading with ## or ###: the page's own title is made from `title`");
            }
            _ => {}
        }
        events.push(event);
    }
    events
}

fn leads_somewhere_safe(to: &str) -> bool {
    let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    ours || ["https://", "mailto:", "tel:", "sms:"].iter().any(|it| to.to_ascii_lowercase().starts_with(it))
}

/// Words as a reader counts them: what stands between spaces and has a letter or digit in it.
pub(super) fn count_words(markdown: &str) -> usize {
    markdown.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric)).count()
}
