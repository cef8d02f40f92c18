//! The one long document: the text of the build cache with its two tables of measurements.

use std::fmt::Write as _;

/// Directories whose targets were measured, with the number of targets.
const DIRECTORIES: [(&str, u32); 38] = [
    ("api", 14),
    ("cmd/virt-api", 3),
    ("cmd/virt-chroot", 4),
    ("cmd/virt-controller", 3),
    ("cmd/virt-exportserver", 3),
    ("cmd/virt-handler", 5),
    ("cmd/virt-launcher", 9),
    ("cmd/virt-operator", 4),
    ("cmd/virtctl", 6),
    ("images/disks-images-provider", 2),
    ("images/libguestfs-tools", 3),
    ("images/pr-helper", 2),
    ("images/sidecar-shim", 4),
    ("images/winrmcli", 2),
    ("pkg/certificates", 11),
    ("pkg/container-disk", 5),
    ("pkg/downwardmetrics", 7),
    ("pkg/hooks", 9),
    ("pkg/host-disk", 3),
    ("pkg/hotplug-disk", 3),
    ("pkg/instancetype", 22),
    ("pkg/monitoring", 31),
    ("pkg/network", 58),
    ("pkg/safepath", 4),
    ("pkg/storage", 47),
    ("pkg/testutils", 8),
    ("pkg/tpm", 3),
    ("pkg/util", 36),
    ("pkg/virt-api", 29),
    ("pkg/virt-config", 6),
    ("pkg/virt-controller", 61),
    ("pkg/virt-handler", 54),
    ("pkg/virt-launcher", 77),
    ("pkg/virt-operator", 33),
    ("pkg/virtctl", 41),
    ("staging/src/kubevirt.io", 64),
    ("tests", 96),
    ("tools", 39),
];

/// What lanes build, with the minutes it took.
const LANES: [(&str, &str, u32); 24] = [
    ("build", "everything", 34),
    ("build-arm64", "everything, cross-compiled", 41),
    ("build-s390x", "everything, cross-compiled", 43),
    ("build-verify-rpms", "RPM trees", 18),
    ("e2e-gpu", "images, tests", 29),
    ("e2e-ipv6", "images, tests", 31),
    ("e2e-multus", "images, tests", 30),
    ("e2e-sev", "images, tests", 32),
    ("e2e-sig-compute", "images, tests", 31),
    ("e2e-sig-compute-migrations", "images, tests", 31),
    ("e2e-sig-compute-realtime", "images, tests", 30),
    ("e2e-sig-compute-serial", "images, tests", 31),
    ("e2e-sig-monitoring", "images, tests", 30),
    ("e2e-sig-network", "images, tests", 31),
    ("e2e-sig-operator", "images, tests, manifests", 33),
    ("e2e-sig-storage", "images, tests", 31),
    ("e2e-sriov", "images, tests", 30),
    ("e2e-vgpu", "images, tests", 29),
    ("e2e-windows", "images, tests", 32),
    ("generate-verify", "generators", 12),
    ("goveralls", "unit tests", 24),
    ("lint", "packages", 11),
    ("rehearsal", "job configuration, images", 21),
    ("unit-test", "unit tests", 22),
];

/// The document of the shared build cache, about 24 kB with its head.
pub fn build_cache() -> String {
    let mut text = include_str!("texts/cep-4659.md").to_owned();
    text.push_str(
        "\n## Appendix A: hits by directory\n\nMeasured over 28 days of Alpha. *Explained* are misses whose reason is the \
         pull request's own change.\n\n| directory | targets | reads a day | hits | explained | not explained | saved, \
         minutes a day |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (place, (directory, targets)) in (1_u32..).zip(DIRECTORIES) {
        let reads = targets * (610 + 37 * (place % 7));
        let hits = 54 + place * 11 % 27;
        let explained = (100 - hits) * (70 + place % 5 * 4) / 100;
        let rest = 100 - hits - explained;
        let saved = reads * hits / 100 / (9 + place % 4);
        _ = writeln!(text, "| `{directory}` | {targets} | {reads} | {hits} % | {explained} % | {rest} % | {saved} |");
    }
    text.push_str(
        "\nThe lowest rates belong to directories that embed the commit. The highest belong to generated code, which nobody \
         had expected: generators are slow, and their inputs change once a week.\n",
    );
    text.push_str(
        "\n## Appendix B: builds by lane\n\nMedian minutes until the first test or check, in four settings of the last \
         rehearsal: without a cache, as in Alpha, as in Beta with an old branch, as in Beta with a fresh one.\n\n| lane | \
         builds | none | Alpha | Beta, old | Beta, fresh |\n| --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    for (place, (lane, what, minutes)) in (1_u32..).zip(LANES) {
        let alpha = minutes * (62 + place % 6) / 100;
        let old = minutes * (48 + place % 8) / 100;
        let fresh = minutes * (31 + place % 9) / 100;
        _ = writeln!(text, "| `pull-kubevirt-{lane}` | {what} | {minutes} | {alpha} | {old} | {fresh} |");
    }
    text.push_str("\n## Appendix C: alerts\n\n");
    for (name, when, what) in ALERTS {
        _ = writeln!(text, "### {name}\n\n*Fires when* {when}.\n\n{what}\n");
    }
    text
}

/// Alerts of the cache: name, condition, what to do.
const ALERTS: [(&str, &str, &str); 9] = [
    (
        "BuildCacheDifference",
        "the guard built something else than was stored",
        "The proxy has stopped already. Compare both outputs with `cache-why --outputs`. If only times or modes differ, the \
         key misses an input: open an issue, set the results of that target aside, start again. If content differs, do not \
         start again alone; call a second person of the operations group and list the runs that read it.",
    ),
    (
        "BuildCacheConflict",
        "two results with one key and different content were written",
        "The second was refused. Nothing is wrong for readers. Find the input that the key misses; the two jobs' names and \
         nodes are in the record. More than three a day mean that a toolchain moved.",
    ),
    (
        "BuildCacheGuardSilent",
        "the guard has not reported for 45 minutes",
        "After an hour the proxy stops by itself. Look at the guard's pods first, then at the node pool: it needs two cores \
         that nobody else uses.",
    ),
    (
        "BuildCacheSlow",
        "the 95th percentile of reads takes longer than 400 ms for ten minutes",
        "Clients give up on a key after two seconds, so builds only become slower. Usually one proxy carries everything; \
         restart the other one. If both are busy, look for a pull request with hundreds of lanes.",
    ),
    (
        "BuildCacheHitRateLow",
        "fewer than 40 % of reads hit, for two hours on a working day",
        "Expected on Friday evenings after the toolchain moved. Otherwise ask `cache-why` for the three most read targets; \
         a common answer points to the change.",
    ),
    (
        "BuildCacheDiskFull",
        "less than 5 % of the disk is free and results younger than 20 days are evicted",
        "Count branches. A branch that ended and still has postsubmits writes for nobody; retire its jobs (CEP 4612).",
    ),
    (
        "BuildCacheDigest",
        "clients refused content because of its digest",
        "A disk or a network card lies. The record names proxy and node. Take the node out of the pool and tell whoever owns \
         the hardware; do not retest runs, they built by themselves.",
    ),
    (
        "BuildCacheWriteRefused",
        "somebody tried to write without the right to",
        "A presubmit that tries is either a test of ours (it is named `cache-rights`) or something to look at closely. The \
         record has the pod, the job and the pull request. Ask before accusing: copied job configuration is the usual reason.",
    ),
    (
        "BuildCacheStopped",
        "the proxy has been stopped by hand for more than a day",
        "A reminder, nothing is broken. Either the reason still holds, then say so in the annotation, or it does not, then \
         start it again.",
    ),
];
