//! What kind of browser it is, in words that its owner knows again. Guesswork, and shown to nobody else.

/// Names a browser from what it says of itself.
pub(crate) fn named(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)], or| {
        names.iter().find(|it| user_agent.contains(it.0)).map_or(or, |it| it.1)
    };
    // The order matters: every browser names the ones that it wants to be taken for.
    let browser = first(
        &[
            ("Firefox", "Firefox"),
            ("Edg", "Edge"),
            ("SamsungBrowser", "Samsung Internet"),
            ("OPR", "Opera"),
            ("Chrome", "Chrome"),
            ("Safari", "Safari"),
        ],
        "A browser",
    );
    let system = first(
        &[
            ("Android", "an Android phone or tablet"),
            ("iPhone", "an iPhone"),
            ("iPad", "an iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "a Mac"),
            ("Linux", "Linux"),
        ],
        "a computer",
    );
    format!("{browser} on {system}")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_browser_is_named_as_its_owner_knows_it() {
        let phone = "Mozilla/5.0 (Linux; Android 9; SM-A105FN) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/14.0 Chrome/87.0 Mobile Safari/537.36";
        assert_eq!(named(phone), "Samsung Internet on an Android phone or tablet");
        assert_eq!(named("<script>"), "A browser on a computer");
    }
}
