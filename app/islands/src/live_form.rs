//! A form that survives a bad connection when scripts are on, and is a plain form when they are not.

use leptos::prelude::*;

/// Said when the line is down. The form stays as it is, to be sent again.
#[cfg(feature = "hydrate")]
const NO_LINE: &str = "There is no connection just now. Nothing is lost: try again in a moment.";

/// Wraps a server-made `<form>` (its children). On submit it sends the form's own fields to the form's own
/// action with `Accept: application/json`, and goes on to where the server says. Where a plain form would lead to
/// the browser's error page, it says that there is no connection and keeps the form. Any other answer than a
/// plain success is left to the form itself, which is then sent the plain way.
#[island]
pub fn LiveForm(children: Children) -> impl IntoView {
    let (said, say) = signal("");
    let on_submit = move |event: leptos::ev::SubmitEvent| send(&event, say);
    view! {
        <div on:submit=on_submit>{children()}</div>
        <p class="said" role="status">{move || said.get()}</p>
    }
}

#[cfg(not(feature = "hydrate"))]
fn send(_event: &leptos::ev::SubmitEvent, _say: WriteSignal<&'static str>) {}

#[cfg(feature = "hydrate")]
fn send(event: &leptos::ev::SubmitEvent, say: WriteSignal<&'static str>) {
    use browser::Came;
    use wasm_bindgen::JsCast;

    let form = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlFormElement>().ok());
    let Some(form) = form else { return };
    event.prevent_default();
    say.set("");
    leptos::task::spawn_local(async move {
        match browser::post(&form).await {
            Came::Done(next) if browser::go(&next) => {}
            Came::Nothing => say.set(NO_LINE),
            Came::Done(_) | Came::Otherwise => {
                let _ = form.submit();
            }
        }
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_futures::js_sys::Reflect;
    use web_sys::{FormData, Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams};

    /// What came back.
    pub(super) enum Came {
        /// It is done; this is where to go on.
        Done(String),
        /// The line is down.
        Nothing,
        /// Something that a page has to show.
        Otherwise,
    }

    /// Posts the form as it stands.
    pub(super) async fn post(form: &HtmlFormElement) -> Came {
        let Some(ask) = request(form) else { return Came::Otherwise };
        let Some(window) = web_sys::window() else { return Came::Otherwise };
        let answer = match JsFuture::from(window.fetch_with_str_and_init(&form.action(), &ask)).await {
            Ok(answer) => answer,
            Err(_) => return Came::Nothing,
        };
        match next(answer).await {
            Some(next) => Came::Done(next),
            None => Came::Otherwise,
        }
    }

    fn request(form: &HtmlFormElement) -> Option<RequestInit> {
        let fields = FormData::new_with_form(form).ok()?;
        let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
        let headers = Headers::new().ok()?;
        headers.set("accept", "application/json").ok()?;
        let ask = RequestInit::new();
        ask.set_method("POST");
        ask.set_headers(&headers);
        ask.set_body(&body);
        Some(ask)
    }

    async fn next(answer: JsValue) -> Option<String> {
        let answer: Response = answer.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        let answer = JsFuture::from(answer.json().ok()?).await.ok()?;
        Reflect::get(&answer, &JsValue::from_str("next")).ok()?.as_string()
    }

    /// Goes to a page of ours; `false` where the browser does not let us.
    pub(super) fn go(path: &str) -> bool {
        web_sys::window().is_some_and(|it| it.location().assign(path).is_ok())
    }
}
