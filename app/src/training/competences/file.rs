//! The file with a piece of evidence: the field for it, what is said when it is not taken, and how it comes back.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use domain::people::FieldFault;
use domain::training::evidence::file::weight;
use domain::training::evidence::{EvidenceForm, EvidenceId, NewEvidence, NotKept};
use leptos::prelude::*;
use store::files::FilesError;
use store::training::evidence_files::KeptFile;

use super::add::{faults_of, typed_evidence};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::files::{FILE, Received};
use crate::form::FormState;
use crate::permits::SeesFile;
use crate::ui::form::Why;

/// Nothing of it runs, wherever somebody manages to open it.
const LOCKED_DOWN: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// What the rule says of what was typed, and what is to be said of the file with it.
pub(crate) fn decided(
    received: &Received,
    rule: impl FnOnce(&EvidenceForm<'_>) -> Result<NewEvidence, NotKept>,
) -> Result<NewEvidence, NotKept> {
    let form = EvidenceForm { has_file: received.file.is_some(), ..typed_evidence(&received.typed) };
    let refused = received.file.and_then(Result::err);
    let refused = refused.map(|it| FieldFault { field: FILE, remedy: it.to_string() });
    match (rule(&form), refused) {
        (decided, None) => decided,
        (Err(NotKept::JudgesThemself), _) => Err(NotKept::JudgesThemself),
        (Ok(_), Some(fault)) => Err(NotKept::Faults(vec![fault])),
        (Err(NotKept::Faults(faults)), Some(fault)) if faults.iter().all(|it| it.field != FILE) => {
            Err(NotKept::Faults(faults.into_iter().chain([fault]).collect()))
        }
        (refused, Some(_)) => refused,
    }
}

/// The form as it comes back: no file comes back with it, and whoever had chosen one is told.
pub(crate) async fn refused(cx: &Cx, received: Received, why: NotKept) -> FormState {
    let mut faults = faults_of(why);
    if received.good().is_some() && faults.iter().all(|it| it.field != FILE) {
        let remedy = "Choose your file again: a page cannot keep it for you.".to_owned();
        faults.push(FieldFault { field: FILE, remedy });
    }
    received.let_go(cx).await;
    FormState::refused(received.typed, faults)
}

/// Where one chooses a file.
#[component]
pub(crate) fn FileField(form: FormState, heaviest_mib: u64) -> impl IntoView {
    let fault = form.fault(FILE);
    let wrong = fault.is_some();
    let described = if wrong { format!("{FILE}-hint {FILE}-why") } else { format!("{FILE}-hint") };
    view! {
        <div class=if wrong { "field wrong" } else { "field" }>
            <label for=FILE>"A photo or a PDF, if you have one"</label>
            <span class="hint" id=format!("{FILE}-hint")>
                "A JPEG or PNG picture or a PDF, up to "{heaviest_mib}" MB. Where and when a photo was taken is taken out of it. Show nobody’s face or name."
            </span>
            <Why name=FILE fault/>
            <input type="file" id=FILE name=FILE accept="image/jpeg,image/png,application/pdf" aria-invalid=wrong.then_some("true") aria-describedby=described/>
        </div>
    }
}

/// A file, to be taken away.
#[component]
pub(super) fn FileLink(piece: EvidenceId, file: KeptFile) -> impl IntoView {
    let (noun, weight) = (file.media.noun(), weight(file.bytes));
    view! { <p><a class="alone" href=format!("/training/evidence/{piece}/file")>{noun}", "{weight}</a></p> }
}

/// GET /training/evidence/{evidence}/file: to be kept, never shown as a page of ours.
pub(crate) async fn serve(cx: Cx, SeesFile(file): SeesFile) -> Answer {
    let bytes = match cx.site.files().read(file.id).await {
        Ok(bytes) => bytes,
        // A place that was restored without its files.
        Err(FilesError::NotFound { .. }) => return Err(TurnedAway::NotFound),
        Err(error) => return Err(error.into()),
    };
    let name = format!("attachment; filename=\"{}\"", file.media.file_name());
    let headers: [(HeaderName, HeaderValue); 7] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media.as_str())),
        (header::CONTENT_LENGTH, file.bytes.into()),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(Broken::from)?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(LOCKED_DOWN)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
}
