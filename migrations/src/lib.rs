//! The schema, one step a file.
//!
//! Steps are written as SQL, because constraints carry names that the rest of the house answers to, and run
//! on both engines after a few words have been replaced (see [`ddl`]). A step only ever adds; taking
//! something away is a later step of its own, once no running node asks for it any more.

mod ddl;
mod m20261121_000001_public_pages;
mod m20261121_000002_people;
mod m20261121_000003_jobs;
mod m20261121_000004_audit;
mod m20261121_000006_second_factor;
mod m20261121_000007_demo;
mod m20261121_000008_joining;
mod m20261121_000009_about_me;
mod m20261122_000010_organisations;
mod m20261122_000011_access_needs;
mod m20261122_000012_not_with_other;
mod m20261122_000013_invitation_people;
mod m20261122_000014_finding_people;
mod m20261122_000015_progress;
mod m20261122_000016_next;
mod m20261122_000017_version_seen;
mod m20261122_000018_reflections;
mod m20261122_000019_course_finished;
mod m20261122_000020_certificates;
mod m20261122_000021_plan;
mod m20261122_000022_figures;
mod m20261122_000023_writing;
mod m20261122_000024_shipped;
mod m20261122_000025_taken_and_agreed;
mod m20261122_000026_taken_out;
mod m20261122_000027_learning_begun;
mod m20261122_000030_training_interest;
mod m20261122_000031_training_rounds;
mod m20261122_000032_programmes;
mod m20261122_000033_cohorts;
mod m20261122_000034_frameworks;
mod m20261122_000035_judgements;
mod m20261122_000036_requirements;
mod m20261122_000037_vetting;
mod m20261122_000038_evidence_files;
mod m20261122_000039_said_by_others;
mod m20261122_000040_roles;
mod m20261122_000041_placements;
mod m20261122_000042_round_group;
mod m20261122_000043_policies;
mod m20261122_000044_becoming_due;
mod m20261122_000045_cohort_framework;
mod m20261122_000046_supervision;
mod m20261122_000047_hours_asked;
mod m20261122_000048_supervision_group;
mod m20261122_000049_supervision_notes;
mod m20261122_000050_supervision_stands;
mod m20261122_000051_supervision_ends;
mod m20261123_000052_supervision_plan;
mod m20261123_000053_calendar;
mod m20261123_000054_remind_of_sessions;
mod m20261123_000055_debrief;
mod m20261123_000056_link_of_a_call;
mod m20261123_000057_concern;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_public_pages::Migration),
            Box::new(m20261121_000002_people::Migration),
            Box::new(m20261121_000003_jobs::Migration),
            Box::new(m20261121_000004_audit::Migration),
            Box::new(m20261121_000006_second_factor::Migration),
            Box::new(m20261121_000007_demo::Migration),
            Box::new(m20261121_000008_joining::Migration),
            Box::new(m20261121_000009_about_me::Migration),
            Box::new(m20261122_000010_organisations::Migration),
            Box::new(m20261122_000011_access_needs::Migration),
            Box::new(m20261122_000012_not_with_other::Migration),
            Box::new(m20261122_000013_invitation_people::Migration),
            Box::new(m20261122_000014_finding_people::Migration),
            Box::new(m20261122_000015_progress::Migration),
            Box::new(m20261122_000016_next::Migration),
            Box::new(m20261122_000017_version_seen::Migration),
            Box::new(m20261122_000018_reflections::Migration),
            Box::new(m20261122_000019_course_finished::Migration),
            Box::new(m20261122_000020_certificates::Migration),
            Box::new(m20261122_000021_plan::Migration),
            Box::new(m20261122_000022_figures::Migration),
            Box::new(m20261122_000023_writing::Migration),
            Box::new(m20261122_000024_shipped::Migration),
            Box::new(m20261122_000025_taken_and_agreed::Migration),
            Box::new(m20261122_000026_taken_out::Migration),
            Box::new(m20261122_000027_learning_begun::Migration),
            Box::new(m20261122_000030_training_interest::Migration),
            Box::new(m20261122_000031_training_rounds::Migration),
            Box::new(m20261122_000032_programmes::Migration),
            Box::new(m20261122_000033_cohorts::Migration),
            Box::new(m20261122_000034_frameworks::Migration),
            Box::new(m20261122_000035_judgements::Migration),
            Box::new(m20261122_000036_requirements::Migration),
            Box::new(m20261122_000037_vetting::Migration),
            Box::new(m20261122_000038_evidence_files::Migration),
            Box::new(m20261122_000039_said_by_others::Migration),
            Box::new(m20261122_000040_roles::Migration),
            Box::new(m20261122_000041_placements::Migration),
            Box::new(m20261122_000042_round_group::Migration),
            Box::new(m20261122_000043_policies::Migration),
            Box::new(m20261122_000044_becoming_due::Migration),
            Box::new(m20261122_000045_cohort_framework::Migration),
            Box::new(m20261122_000046_supervision::Migration),
            Box::new(m20261122_000047_hours_asked::Migration),
            Box::new(m20261122_000048_supervision_group::Migration),
            Box::new(m20261122_000049_supervision_notes::Migration),
            Box::new(m20261122_000050_supervision_stands::Migration),
            Box::new(m20261122_000051_supervision_ends::Migration),
            Box::new(m20261123_000052_supervision_plan::Migration),
            Box::new(m20261123_000053_calendar::Migration),
            Box::new(m20261123_000054_remind_of_sessions::Migration),
            Box::new(m20261123_000055_debrief::Migration),
            Box::new(m20261123_000056_link_of_a_call::Migration),
            Box::new(m20261123_000057_concern::Migration),
        ]
    }
}
