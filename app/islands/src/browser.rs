//! The browser, as far as islands need it: sending a form where it would go anyway, and going on.

use leptos::ev::{Event, SubmitEvent};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::Reflect;
use web_sys::{
    FormData, Headers, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    RequestInit, Response, UrlSearchParams,
};

/// Said when the line is down. The form stays as it is, to be sent again.
pub(crate) const NO_LINE: &str = "There is no connection just now. Nothing is lost: try again in a moment.";

/// The longest body, in bytes, that browsers go on sending when its page goes: they take 64 KiB for all that is on
/// its way (<https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>).
const OUTLIVES: usize = 60_000;

/// What came back.
pub(crate) enum Came {
    /// It is done: where to go on, what is to be said where it stands, and the number of what is kept now.
    Done { next: String, said: String, revision: Option<String> },
    /// The line is down.
    Nothing,
    /// Something that a page has to show; 0 where it never went off.
    Otherwise { status: u16 },
}

/// The form that an event happened in.
pub(crate) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let at = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    at.closest("form").ok()??.dyn_into().ok()
}

/// The form in an element.
pub(crate) fn form_in(element: &web_sys::Element) -> Option<HtmlFormElement> {
    element.query_selector("form").ok()??.dyn_into().ok()
}

/// Whether somebody has written in a form since the server made it.
pub(crate) fn has_changed(form: &HtmlFormElement) -> bool {
    let Ok(all) = form.query_selector_all("textarea") else { return false };
    let areas = (0..all.length()).filter_map(|it| all.get(it)?.dyn_into::<HtmlTextAreaElement>().ok());
    areas.into_iter().any(|it| it.default_value().is_ok_and(|made| made != it.value()))
}

/// Writes into a hidden field.
pub(crate) fn fill_hidden(form: &HtmlFormElement, name: &str, value: &str) {
    let found = form.query_selector(&format!("[type=hidden][name={name}]"));
    if let Some(field) = found.ok().flatten().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(value);
    }
}

/// Posts the form as it stands, with the button that was used.
pub(crate) async fn post(form: &HtmlFormElement, button: Option<HtmlButtonElement>) -> Came {
    let Some(ask) = request(form, button) else { return Came::Otherwise { status: 0 } };
    let Some(window) = web_sys::window() else { return Came::Otherwise { status: 0 } };
    let answer = match JsFuture::from(window.fetch_with_str_and_init(&form.action(), &ask)).await {
        Ok(answer) => answer,
        Err(_) => return Came::Nothing,
    };
    let Ok(answer) = answer.dyn_into::<Response>() else { return Came::Otherwise { status: 0 } };
    let status = answer.status();
    done(answer).await.unwrap_or(Came::Otherwise { status })
}

/// Sends a form as browsers do, with what its button says.
pub(crate) fn submit(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) {
    let field = || -> Option<()> {
        let button = button.filter(|it| !it.name().is_empty())?;
        let field: HtmlInputElement =
            web_sys::window()?.document()?.create_element("input").ok()?.dyn_into().ok()?;
        field.set_type("hidden");
        field.set_name(&button.name());
        field.set_value(&button.value());
        form.append_child(&field).ok()?;
        Some(())
    };
    field();
    let _ = form.submit();
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
    if String::from(body.to_string()).len() < OUTLIVES {
        // So that it arrives though its page goes. Where that is not known it does no harm.
        let _ = Reflect::set(&ask, &JsValue::from_str("keepalive"), &JsValue::TRUE);
    }
    Some(ask)
}

async fn done(answer: Response) -> Option<Came> {
    if !answer.ok() {
        return None;
    }
    let answer = JsFuture::from(answer.json().ok()?).await.ok()?;
    let text = |key| Reflect::get(&answer, &JsValue::from_str(key)).ok()?.as_string();
    let said = text("said").unwrap_or_default();
    Some(Came::Done { next: text("next")?, said, revision: text("revision") })
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
