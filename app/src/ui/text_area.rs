//! A field for several lines.

use leptos::prelude::*;

use super::form::{Hint, Why, described};
use crate::form::FormState;

/// Several lines of text. The only place with a `<textarea>`: Leptos 0.8 does not escape what stands in one, so
/// it is escaped here.
#[component]
pub(crate) fn TextArea(
    form: FormState,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    /// How many lines are seen at once.
    #[prop(default = "6")]
    rows: &'static str,
) -> impl IntoView {
    let fault = form.fault(name);
    let described = described(name, hint, fault.is_some());
    // A browser drops the first line break: this one is there to be dropped.
    let text = format!("\n{}", html_escape::encode_safe(form.typed.text(name)));
    view! {
        <div class=if fault.is_some() { "field wrong" } else { "field" }>
            <label for=name>{label}</label>
            <Hint name hint/>
            <Why name fault=fault.clone()/>
            <textarea
                id=name
                name=name
                rows=rows
                autocomplete="off"
                aria-invalid=fault.is_some().then_some("true")
                aria-describedby=described
                inner_html=text
            ></textarea>
        </div>
    }
}
