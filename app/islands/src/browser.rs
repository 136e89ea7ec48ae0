//! The browser, as far as islands need it: sending a form where it would go anyway, and going on.

use leptos::ev::{Event, SubmitEvent};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::Reflect;
use web_sys::{
    FormData, Headers, HtmlButtonElement, HtmlFormElement, RequestInit, Response, UrlSearchParams,
};

/// Said when the line is down. The form stays as it is, to be sent again.
pub(crate) const NO_LINE: &str = "There is no connection just now. Nothing is lost: try again in a moment.";

/// What came back.
pub(crate) enum Came {
    /// It is done: where to go on, and what is to be said where it stands.
    Done { next: String, said: String },
    /// The line is down.
    Nothing,
    /// Something that a page has to show.
    Otherwise,
}

/// The form that an event happened in.
pub(crate) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let at = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    at.closest("form").ok()??.dyn_into().ok()
}

/// Posts the form as it stands, with the button that was used.
pub(crate) async fn post(form: &HtmlFormElement, button: Option<HtmlButtonElement>) -> Came {
    let Some(ask) = request(form, button) else { return Came::Otherwise };
    let Some(window) = web_sys::window() else { return Came::Otherwise };
    let answer = match JsFuture::from(window.fetch_with_str_and_init(&form.action(), &ask)).await {
        Ok(answer) => answer,
        Err(_) => return Came::Nothing,
    };
    done(answer).await.unwrap_or(Came::Otherwise)
}

/// The button that sent a form.
pub(crate) fn button_of(event: &SubmitEvent) -> Option<HtmlButtonElement> {
    event.submitter()?.dyn_into().ok()
}

fn request(form: &HtmlFormElement, button: Option<HtmlButtonElement>) -> Option<RequestInit> {
    let fields = FormData::new_with_form(form).ok()?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    if let Some(button) = button.filter(|it| !it.name().is_empty()) {
        body.append(&button.name(), &button.value());
    }
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    let ask = RequestInit::new();
    ask.set_method("POST");
    ask.set_headers(&headers);
    ask.set_body(&body);
    Some(ask)
}

async fn done(answer: JsValue) -> Option<Came> {
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let answer = JsFuture::from(answer.json().ok()?).await.ok()?;
    let text = |key| Reflect::get(&answer, &JsValue::from_str(key)).ok()?.as_string();
    Some(Came::Done { next: text("next")?, said: text("said").unwrap_or_default() })
}

/// Goes to a page of ours, afresh if it is this one; `false` where the browser does not let us.
pub(crate) fn go(path: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let here = window.location();
    let (page, place) = path.split_once('#').map_or((path, ""), |it| it);
    let is_here = here.pathname().is_ok_and(|it| it == page);
    if is_here && !place.is_empty() {
        // Another place of the same page alone would not fetch it.
        return here.set_hash(place).and_then(|()| here.reload()).is_ok();
    }
    here.assign(path).is_ok()
}
