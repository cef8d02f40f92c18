//! Files in the shapes of the real ones.

/// The schedule of v1.10: EF 2 September, CF 21 October, thaw 28 October, GA 18 November 2026.
pub const V1_10: &str = r#"- when: 2026/09/02
  milestone: KubeVirt Alpha 0
  who: KubeVirt
  what: Tag v1.10.0-alpha.0
  notes: null
- when: 2026/09/02
  milestone: KubeVirt Alpha 0
  who: KubeVirt
  what: Virtualization Enhancement Proposal (VEP) Freeze
  notes: null
- when: 2026/10/21
  milestone: KubeVirt Code Freeze
  who: KubeVirt
  what: Change merging rules on main branch
  notes: null
- when: 2026/10/28
  milestone: KubeVirt Code Thaw
  who: KubeVirt
  what: Branch release-1.10 and tag v1.10.0-rc.0 on release-1.10
  notes: null
- when: 2026/11/18
  milestone: "**KubeVirt GA**"
  who: KubeVirt
  what: Tag v1.10.0 on release-1.10
  notes: null
"#;

/// The path of that schedule.
pub const V1_10_PATH: &str = "releases/v1.10/schedule.yaml";

/// A CEP that targets v1.10, with everything that the Enhancement Freeze asks a document for.
pub fn cep(number: u32, title: &str) -> String {
    format!(
        "# CEP #{number}: {title}\n\n- Owner: @olga\n- Reviewers: @rita\n- Approvers: @ada\n\n\
         This CEP targets alpha for version: v1.10\n\n## Release Signoff Checklist\n\n\
         - [x] (R) Target version is explicitly mentioned and approved\n\n\
         ## Overview\n\nJobs that nobody reads are deleted.\n\n## Goals\n\nFewer jobs.\n\n\
         ## Graduation Requirements\n\n### Alpha\n\n- [ ] Ten lanes have moved\n"
    )
}

/// Its path.
pub fn cep_path(number: u32) -> String {
    format!("docs/ci-enhancements/{number}-some-thing/cep.md")
}
