//! The installing page for whoever opens it in a browser: one file, nothing fetched.

use pulldown_cmark::{Options, Parser, html};

const LOOK: &str = "\
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 system-ui,sans-serif;color:#1d2b26;background:#fdfcf9}\
h1,h2{line-height:1.25}h2{margin-top:2.5rem}code{font-size:.95em}\
pre{padding:.8rem 1rem;overflow-x:auto;background:#f0eee6;border-radius:.4rem}\
table{border-collapse:collapse}td,th{padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #d9d5c7}\
@media(prefers-color-scheme:dark){body{color:#e8e6df;background:#16201c}pre{background:#22302a}td,th{border-color:#3a4a43}a{color:#9fd3bd}}";

/// The Markdown as a whole page.
pub fn of(markdown: &str) -> String {
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Installing Alongside</title>\n<style>{LOOK}</style>\n<main>\n{body}</main>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_headings_tables_and_code() {
        let page = of("# Installing\n\n| a | b |\n|---|---|\n| `c` | d |\n\n```sh\n# e\n```\n");
        for part in ["<h1>Installing</h1>", "<td><code>c</code></td>", "<pre><code class=\"language-sh\"># e"]
        {
            assert!(page.contains(part), "{page}");
        }
    }
}
