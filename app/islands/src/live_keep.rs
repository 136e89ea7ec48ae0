//! A form whose words are kept while somebody writes them, and which is a plain form without scripts.

use domain::autosave::{Came, Said};
use leptos::prelude::*;

/// Wraps a server-made `<form>` with a hidden `revision`. What is written is sent to the form's own action a few
/// seconds later, and when the page goes out of sight; the answer's number goes into the hidden field. It writes no
/// other field: what somebody typed before it woke is found by reading, and kept. What is newer elsewhere stops it,
/// until its owner presses the button and sees both.
#[island]
pub fn LiveKeep(children: Children) -> impl IntoView {
    let (said, say) = signal(Said::Nothing);
    let live = Live::new(say);
    let on_input = move |_| live.typed();
    let on_submit = move |event: leptos::ev::SubmitEvent| live.asked(&event);
    view! {
        <div node_ref=live.wraps on:input=on_input on:submit=on_submit>{children()}</div>
        <p class="said" role="status">{move || trouble(said.get())}</p>
        // Not read out each time: that would talk over whoever writes.
        <p class="said">{move || if said.get() == Said::Kept { "Kept. Only you can open it." } else { "" }}</p>
    }
}

const fn trouble(said: Said) -> &'static str {
    match said {
        Said::Nothing | Said::Kept | Said::Not(Came::Kept) => "",
        Said::Not(Came::Nothing) => {
            "There is no connection just now. Your words stay here, and are kept as soon as it is back."
        }
        Said::Not(Came::Newer) => {
            "Something newer was kept meanwhile, from another tab or device. Press the button to see both. Nothing is lost."
        }
        Said::Not(Came::Refused) => "This is not kept yet. Press the button to see why.",
    }
}

/// One form that is kept.
#[derive(Clone, Copy)]
struct Live {
    wraps: NodeRef<leptos::html::Div>,
    #[cfg(feature = "hydrate")]
    keeper: StoredValue<domain::autosave::Keeper, LocalStorage>,
    #[cfg(feature = "hydrate")]
    say: WriteSignal<Said>,
    /// The button that was pressed, which may say what is to become of the words.
    #[cfg(feature = "hydrate")]
    button: StoredValue<Option<web_sys::HtmlButtonElement>, LocalStorage>,
}

#[cfg(not(feature = "hydrate"))]
impl Live {
    fn new(_say: WriteSignal<Said>) -> Self {
        Self { wraps: NodeRef::new() }
    }

    fn typed(self) {}

    fn asked(self, _event: &leptos::ev::SubmitEvent) {}
}

#[cfg(feature = "hydrate")]
mod awake {
    use domain::autosave::{Act, Came, Happened, Keeper, Said};
    use leptos::prelude::*;
    use web_sys::HtmlFormElement;

    use super::Live;
    use crate::browser;

    impl Live {
        pub(super) fn new(say: WriteSignal<Said>) -> Self {
            let keeper = StoredValue::new_local(Keeper::default());
            let live = Self { wraps: NodeRef::new(), keeper, say, button: StoredValue::new_local(None) };
            Effect::new(move |_| live.wake());
            live
        }

        /// Reads what was typed before.
        fn wake(self) {
            if self.form().is_some_and(|it| browser::has_changed(&it)) {
                self.typed();
            }
            window_event_listener_untyped("visibilitychange", move |_| {
                if document().hidden() {
                    self.happened(Happened::NowOrNever);
                }
            });
            window_event_listener_untyped("online", move |_| self.happened(Happened::NowOrNever));
        }

        pub(super) fn typed(self) {
            self.happened(Happened::Typed);
        }

        pub(super) fn asked(self, event: &leptos::ev::SubmitEvent) {
            event.prevent_default();
            self.button.set_value(browser::button_of(event));
            self.happened(Happened::Asked);
        }

        fn form(self) -> Option<HtmlFormElement> {
            browser::form_in(self.wraps.get_untracked()?.as_ref())
        }

        fn happened(self, what: Happened) {
            let Some(act) = self.keeper.try_update_value(|it| it.happened(what)) else { return };
            self.say.set(self.keeper.with_value(Keeper::said));
            match act {
                Act::Rest => {}
                Act::Pause(time) => set_timeout(move || self.happened(Happened::PauseOver), time),
                Act::Send => self.send(false),
                Act::SendAndGo => self.send(true),
            }
        }

        fn send(self, goes: bool) {
            let Some(form) = self.form() else { return };
            leptos::task::spawn_local(async move {
                let button = self.button.get_value().filter(|_| goes);
                let came = match browser::post(&form, button.clone()).await {
                    browser::Came::Done { next, .. } if goes && browser::go(&next) => return,
                    browser::Came::Done { revision: Some(revision), .. } => {
                        browser::fill_hidden(&form, "revision", &revision);
                        Came::Kept
                    }
                    browser::Came::Nothing => Came::Nothing,
                    _ if goes => {
                        browser::submit(&form, button.as_ref());
                        return;
                    }
                    browser::Came::Otherwise { status: 409 } => Came::Newer,
                    browser::Came::Done { .. } | browser::Came::Otherwise { .. } => Came::Refused,
                };
                self.happened(Happened::Came(came));
            });
        }
    }
}
