//! Training: what is kept of the way to a place, of groups, competences, what is required, roles and placements.

use super::{About, Kept, account, accounted, for_weeks, nobody, passing, until_you_leave};

/// Who reads what belongs to a group.
const GROUP: &str = "You, the part about you; tutors of that group; coordinators of that organisation";
/// Who reads what belongs to an application.
const APPLICATION: &str = "You; once you have sent it, coordinators of the organisation that you applied to";
/// Who reads how somebody's competences are shown.
const COMPETENCES: &str = "You; whoever assesses you, while they do";
/// Who reads a role that was issued to somebody.
const ROLE: &str = "You; your line manager, while they are; coordinators of that organisation";
/// Who reads what belongs to a placement.
const PLACEMENT: &str =
    "You; whoever looks after the placement; coordinators of that organisation, the sums of the hours only";
/// Who reads what is signed on a placement, and the steps taken there.
const PAPERS: &str = "You; whoever looks after the placement";

/// Who reads how somebody stands with what is required of them.
const REQUIRED: &str = "You; coordinators of the organisation that requires it";
/// Who reads what follows from a check.
const VETTING: &str = "You, through whoever sees checks at the organisation; they, and each reading is written down; coordinators only whether it is current";

pub(super) const ROWS: &[Kept] = &[
    // Programmes and the groups that go through them.
    nobody("programme", "The programmes"),
    nobody("programme_version", "Each version of a programme"),
    nobody("programme_page_kind", "What pages a programme has"),
    nobody("programme_page", "The sessions and handouts of each version"),
    nobody("cohort_place_state", "What can become of a place in a group"),
    nobody("cohort_mark_kind", "What can stand in a register"),
    account("cohort", "The groups that go through a programme together", GROUP),
    nobody("cohort_framework", "Which competences a group works with"),
    account("cohort_tutor", "Whose sessions you hold, as a tutor", GROUP),
    account("cohort_session", "When and where a group meets", GROUP),
    account("cohort_session_tutor", "Which sessions you hold, as a tutor", GROUP),
    account("cohort_place", "Your place in a group, and whether you pause or have left", GROUP),
    account("cohort_mark", "At which sessions you were, without any reason", GROUP),
    account("cohort_adjustment", "What is asked of you instead of what is asked of the group", GROUP),
    account("cohort_assignment", "Which small pieces of work you have handed in", GROUP),
    account("cohort_accreditation", "Which body has accredited what you did, and when", GROUP),
    // Training: the way to a place.
    nobody("wanted_role", "The kinds of role that people ask for"),
    passing(
        "training_asked",
        "Who asked to be told when training begins and has not confirmed: deleted after a week",
        "The program",
    ),
    until_you_leave(
        "training_interest",
        "Who would like to be told when training begins, of what kind of role, and to which words they agreed",
        "You; the program, which writes to you",
    ),
    nobody("round_role", "For what kinds of role rounds are"),
    nobody("criterion_need", "How much is made of a criterion"),
    nobody("application_state", "Where an application can be"),
    nobody("application_step", "What can be done with an application"),
    nobody("training_round", "Rounds of training"),
    nobody("training_criterion", "What a round asks of people"),
    nobody("round_group", "Into which group people of a round come"),
    until_you_leave("training_told", "Of which rounds you have been told", "The program"),
    account("training_application", "Where your application for training is", APPLICATION),
    account("training_answer", "What you answered in an application", APPLICATION),
    account(
        "training_adjustment",
        "What would help you with an application, if you asked for something",
        "You; the coordinator who arranges the talk, and each reading is written down; never whoever decides",
    ),
    account("training_conversation", "When the talk about your application was, and with whom", APPLICATION),
    account(
        "training_step",
        "Every step of your application, with the words that you were told",
        APPLICATION,
    ),
    // What people show that they can do.
    nobody("competence_need", "How much a competence is asked for"),
    nobody("competence_state", "How far somebody can be with a competence"),
    nobody("evidence_kind", "What evidence can be"),
    nobody("framework", "The frameworks of competences that organisations work with"),
    nobody("framework_version", "Each version of a framework, and on what terms its words stand there"),
    nobody("competence", "The competences of each version"),
    nobody("training_level", "By what organisations tell levels"),
    account("competence_taken", "Which competences you work towards", COMPETENCES),
    account(
        "competence_step",
        "How far you say you are with each, and what was said of it by whom",
        COMPETENCES,
    ),
    account("competence_standing", "How far you are with each now", COMPETENCES),
    account("evidence", "What you or your assessors wrote to show that you can do something", COMPETENCES),
    account("evidence_for", "Which competences it serves", COMPETENCES),
    // What organisations require.
    nobody("requirement_rule", "How something can be required"),
    nobody("requirement", "What organisations require of people"),
    nobody("requirement_version", "Each version of it, with the day from which it holds"),
    nobody("requirement_part", "Of what parts it is"),
    nobody("requirement_asked_of", "Of whom it is asked"),
    account(
        "requirement_record",
        "What you have done of what is required, who gave it, and who has seen what shows it",
        REQUIRED,
    ),
    account(
        "requirement_record_for",
        "For what it counts; for another organisation only if you let it",
        REQUIRED,
    ),
    account("requirement_booking", "On which days you are going to do it", REQUIRED),
    account("requirement_exemption", "That you need not, in a word why, and until when", REQUIRED),
    // Policies, which are read and accepted.
    nobody("policy_edition", "Each version of what a policy says"),
    nobody("policy_asked", "Which version of a policy is asked of people"),
    accounted("policy_acceptance", "Which version of a policy you have accepted, and when", REQUIRED),
    account(
        "engagement_waiting",
        "What you have accepted to be and are not yet, because it waits for a check or for training",
        "You; coordinators of that organisation; whoever sees checks there",
    ),
    nobody("requirement_reminder", "Of what people can be told who have something to do"),
    account(
        "requirement_told",
        "Of what that is required of you we wrote to you, and when",
        "You; the program",
    ),
    // Checks before somebody starts.
    nobody("vetting_level", "How much a check can look at"),
    nobody("vetting_workforce", "For which workforce a check can be"),
    nobody("vetting_outcome", "What can follow from a check"),
    nobody("vetting_role", "Which check a role asks for, and why it may"),
    account(
        "vetting_check",
        "The level and the day of your check, and whether you may start: nothing that stands in it",
        VETTING,
    ),
    account(
        "vetting_exception",
        "That you may start before it is there, with whom alongside, and until when",
        VETTING,
    ),
    nobody("file_media", "What files may be"),
    nobody("witness_ending", "How asking a witness can end"),
    account(
        "evidence_file",
        "The photo or paper that you added; where and when a photo was taken is taken out of it",
        COMPETENCES,
    ),
    account(
        "witness_asked",
        "Whom you asked to say something about your work: what they are called and their address until they answer or \
         four weeks are over, and afterwards only that somebody was asked",
        "You; the program, which writes to them",
    ),
    account("voice_sheet", "That you gave out codes by which people say something without a name", "You"),
    for_weeks("voice_code", "Codes on paper that work once; nothing tells who has one", "Nobody"),
    Kept {
        about: About::PeopleWhoAgreed,
        ..for_weeks(
            "voice",
            "What somebody said without a name, for six weeks: with neither when nor by which code",
            "Nobody, until it is put together from three people or more, or deleted",
        )
    },
    // Roles and placements.
    nobody("role_issue_state", "Where an issued role can be"),
    nobody("role_act_kind", "What can be done with an issued role"),
    nobody("role_need_word", "What an organisation calls essential and desirable"),
    nobody("role_profile", "The role profiles that organisations are writing"),
    accounted("role_version", "Each version of a role profile, and who made it", ROLE),
    accounted("role_issue", "Which role was issued to you, and whether both have signed it", ROLE),
    accounted("role_act", "Who signed your role under what name, declined it or took it back, and why", ROLE),
    nobody("placement_activity", "What can be done on placement"),
    nobody("placement_hours_state", "Where a line of hours can be"),
    nobody("placement_paper_kind", "Which papers a placement has"),
    nobody("placement_side", "Who signs such a paper"),
    nobody("placement_text", "What an organisation’s placements begin with"),
    nobody("placement_rung_kind", "The steps towards leading a group"),
    account("placement", "Where you are on placement, from when to when, and who looks after you", PLACEMENT),
    account(
        "placement_hours",
        "What you did on placement, for how long and where, and who agreed it; nobody whom you support",
        PLACEMENT,
    ),
    account(
        "placement_item",
        "What you were shown in your first days on placement, when and by whom",
        PAPERS,
    ),
    accounted(
        "placement_ended",
        "That a placement of yours ended early, when and in a few words why",
        PLACEMENT,
    ),
    accounted("placement_paper", "The text of your placement agreement, and of your induction", PAPERS),
    accounted("placement_signature", "Who signed these, under what name and when", PAPERS),
    account(
        "placement_rung",
        "Which steps you have taken towards leading a group, when and with which guide",
        PAPERS,
    ),
];
