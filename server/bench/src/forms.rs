//! Reads the forms of a page, as far as it takes to fill them in. Our own markup only: every attribute is quoted.

use std::collections::BTreeMap;

/// A form that is sent by POST, filled in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

type Attributes = BTreeMap<String, String>;

/// Every form of a page that is sent by POST, filled in the way somebody might. `number` tells people apart.
pub(crate) fn filled(html: &str, number: u32) -> Vec<Form> {
    let mut forms = Vec::new();
    for part in html.split("<form").skip(1) {
        let form = part.split("</form>").next().unwrap_or_default();
        let (head, inside) = form.split_once('>').unwrap_or((form, ""));
        let head = attributes(head);
        if head.get("method").map(String::as_str) != Some("post") {
            continue;
        }
        let Some(action) = head.get("action").cloned() else { continue };
        forms.push(Form { action, fields: fields(inside, number) });
    }
    forms
}

/// Every address that the forms of a page which only ask lead to: each choice of each list, with the lines empty and
/// filled in.
pub(crate) fn asking(html: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    for part in html.split("<form").skip(1) {
        let form = part.split("</form>").next().unwrap_or_default();
        let (head, inside) = form.split_once('>').unwrap_or((form, ""));
        let head = attributes(head);
        let (Some("get"), Some(action)) = (head.get("method").map(String::as_str), head.get("action")) else {
            continue;
        };
        let choices = inside.split("<option").skip(1).filter_map(|it| it.split_once('>'));
        let choices = choices.filter_map(|it| attributes(it.0).get("value").cloned());
        let fields = fields(inside, 0);
        let list =
            inside.split_once("<select").map(|it| attributes(it.1.split('>').next().unwrap_or_default()));
        let list = list.and_then(|it| it.get("name").cloned());
        for choice in choices.chain([String::new()]) {
            for is_filled in [false, true] {
                let value = |(name, typed): &(String, String)| match () {
                    () if Some(name) == list.as_ref() => (name.clone(), choice.clone()),
                    () if is_filled => (name.clone(), typed.clone()),
                    () => (name.clone(), String::new()),
                };
                let query = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(fields.iter().map(value))
                    .finish();
                addresses.push(format!("{action}?{query}"));
            }
        }
    }
    addresses
}

fn fields(inside: &str, number: u32) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in inside.split('<').skip(1) {
        let (head, _) = tag.split_once('>').unwrap_or((tag, ""));
        let (name, rest) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
        let its = attributes(rest);
        let kind = its.get("type").map_or("text", String::as_str);
        let value = its.get("value").cloned().unwrap_or_default();
        match (name, its.get("name")) {
            ("input", Some(name)) if kind == "radio" || kind == "checkbox" => {
                let is_first = !fields.iter().any(|it| it.0 == *name);
                let value = if value.is_empty() { "on".into() } else { value };
                fields.extend(is_first.then(|| (name.clone(), value)));
            }
            ("input", Some(name)) => fields.push((name.clone(), typed(kind, value, number))),
            ("textarea", Some(name)) => fields.push((name.clone(), "A few words.".into())),
            ("select", Some(name)) => fields.push((name.clone(), String::new())),
            ("option", None) => {
                if let Some(chosen) = fields.last_mut().filter(|it| it.1.is_empty()) {
                    chosen.1 = value;
                }
            }
            ("button", Some(name)) => fields.push((name.clone(), value)),
            _ => {}
        }
    }
    fields
}

fn typed(kind: &str, value: String, number: u32) -> String {
    match kind {
        "hidden" => value,
        "email" => format!("visitor{number}@bench.example"),
        "password" => "seven quiet herons".into(),
        "number" => "1".into(),
        "date" => "2026-12-01".into(),
        _ if value.is_empty() => "Robin".into(),
        _ => value,
    }
}

/// `a="b" c` becomes `a` with `b`, and `c` with nothing.
fn attributes(text: &str) -> Attributes {
    let mut all = Attributes::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let quoted = after.strip_prefix("=\"").and_then(|it| it.split_once('"'));
        let (value, after) = quoted.unwrap_or(("", after.get(1..).unwrap_or_default()));
        if !name.is_empty() {
            all.insert(name.to_owned(), html_escape::decode_html_entities(value).into_owned());
        }
        rest = after.trim_start();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in() {
        let html = r#"<form method="post" action="/register"><input type="radio" name="old" value="yes"/>
            <input type="radio" name="old" value="no"/><input type="email" name="email" value=""/>
            <input type="hidden" name="key" value="a&amp;b"/><select name="team"><option value=""></option>
            <option value="7">Seven</option></select><button>Send</button></form>"#;
        let fields = [("old", "yes"), ("email", "visitor3@bench.example"), ("key", "a&b"), ("team", "7")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(filled(html, 3), [Form { action: "/register".into(), fields }]);
    }

    #[test]
    fn a_form_that_only_asks_is_left_alone() {
        assert_eq!(filled(r#"<form method="get" action="/courses"><input name="q"></form>"#, 1), []);
    }

    #[test]
    fn a_form_that_asks_is_asked_every_way() {
        let html = r#"<form method="get" action="/people"><input name="q" value=""/><select name="as">
            <option value="">All</option><option value="tutor">Tutors</option></select></form>"#;
        let addresses = asking(html);
        for address in
            ["/people?q=&as=", "/people?q=Robin&as=", "/people?q=&as=tutor", "/people?q=Robin&as=tutor"]
        {
            assert!(addresses.iter().any(|it| it == address), "{address}: {addresses:?}");
        }
    }
}
