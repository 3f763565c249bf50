# Oversight of who looks at what: for the auditor. Facts and reasons, never a judgement about a colleague.

oversight-lead = Here you see who looked at a matter and why that was in order. You never see what a file says. What you ask here is written into the journal as well.
oversight-who = Who looked at this?
oversight-who-lead = You search one part at a time. Everything that belongs to the same matter counts.
oversight-record = Reference of the matter
oversight-record-hint = Of a report, intake or case, or of something that belongs to it. You find it in the journal.
oversight-actor = Only of this person
oversight-only-unexplained = Show only what nothing explains
oversight-show = Search
oversight-matter = Matter { $reference }
oversight-nobody = Nobody has looked at this
oversight-nobody-advice = See whether part, reference and period are right.
oversight-unexplained = { $n ->
    [one] 1 access has no explanation
   *[other] { $n } accesses have no explanation
}
oversight-unexplained-advice = No relation was found between this person and this matter. That need not be wrong. Ask about it.
oversight-all-explained = Every access is explained
oversight-records = Records in this matter
oversight-accesses = Accesses and changes
oversight-cut-off = These are only the newest entries. The oldest are not counted.
oversight-none-listed = There is nothing without an explanation.
oversight-looks-caption = Accesses and changes, newest first
oversight-what = What
oversight-explained-by = Explanation
oversight-more = { $n ->
    [one] And 1 entry more. Choose a shorter period.
   *[other] And { $n } entries more. Choose a shorter period.
}

oversight-relation-herself = The person herself or the reporter
oversight-relation-program = Samen itself
oversight-relation-assigned = Has the matter in hand
oversight-relation-worked = Worked on the matter shortly before or after
oversight-relation-placed = Houses the person
oversight-relation-received = The matter waited for an answer of this organisation
oversight-relation-organisation = Works for the organisation that has the matter
oversight-relation-desk = The matter stood in the work list of this function
oversight-relation-none = No explanation found

oversight-findings = Findings
oversight-findings-lead = The system searches the journal for accesses that a person should look at. It gives a reason and the entries behind it. You judge. Findings about colleagues of your own organisation are not shown to you.
oversight-empty = There are no findings
oversight-empty-advice = New findings come here by themselves.
oversight-caption = Findings, newest first
oversight-reason = Reason
oversight-found = Found on
oversight-entries = Entries
oversight-state = State
oversight-state-all = All
oversight-state-open = To be judged
oversight-state-explained = Explained
oversight-state-follow-up = Needs follow-up

oversight-why-night = Read at night
oversight-why-crawl = Matters read without working on them
oversight-why-search = Searched often and opened nothing
oversight-why-follows = Looked at somebody who went to another part
oversight-why-relation = Looked at the matter of somebody known
oversight-why-decoy = Decoy opened
oversight-because-night = { $matters ->
    [one] 1 matter
   *[other] { $matters } matters
} read in { $spans ->
    [one] 1 night
   *[other] { $spans } nights
}, without working on them that night. This person mostly works by day.
oversight-because-crawl = { $matters } different matters read in { $spans ->
    [one] 1 day
   *[other] { $spans } weeks
}, without working on any of them.
oversight-because-search = Searched { $entries } times within a month, without opening anything afterwards.
oversight-because-follows = This person knew the matter in another part. After the hand-over this person went on looking, without working on it.
oversight-because-relation = It is recorded that this person knows somebody in this matter. After that it was looked at { $entries ->
    [one] once
   *[other] { $entries } times
}.
oversight-because-decoy = This matter is nobody’s. There is no reason to open it.

oversight-finding = Finding { $reference }
oversight-no-verdict = This is no judgement. There can be a good reason. Ask before you decide.
oversight-first = First entry
oversight-last = Last entry
oversight-behind = Entries behind this finding
oversight-behind-lead = Every entry opens in the journal of its own part. Which matters they are about stands there only.
oversight-entry = Journal
oversight-decided = Decided
oversight-decide = Your judgement
oversight-verdict = What is your judgement?
oversight-why-decided = Why?
oversight-why-decided-hint = Say what you asked about. Put nothing here about a victim or reporter.
oversight-decide-button = Record
oversight-done-decided = Your judgement is recorded.

oversight-marks = Decoys and acquaintances
oversight-marks-lead = A decoy is a matter of nobody. Whoever opens it has no reason to. For an acquaintance you record that somebody who works here knows a person in a matter.
oversight-marks-link = See decoys and acquaintances
oversight-marks-empty = Nothing is recorded yet
oversight-marks-empty-advice = Record a decoy or an acquaintance below.
oversight-marks-caption = Decoys and acquaintances in force
oversight-mark-what = What do you want to record?
oversight-mark-decoy = Decoy
oversight-mark-decoy-hint = The matter is made up, in agreement with the organisation that made it.
oversight-mark-relation = Acquaintance
oversight-mark-relation-hint = Somebody who works here knows a person in this matter, such as family or a neighbour.
oversight-mark-user = Reference of the account
oversight-mark-user-hint = Only for an acquaintance. You find it in the journal.
oversight-mark-account = Account { $reference }
oversight-mark-why = Why
oversight-mark-why-hint = Name nobody.
oversight-mark-new = Record a decoy or acquaintance
oversight-mark-button = Record
oversight-mark-end = End
oversight-mark-end-button = End
oversight-mark-unknown = This is not in this part. Check the reference.
oversight-done-marked = Recorded.
oversight-done-ended = This no longer holds.
oversight-relation-team = Was on the team of the matter
oversight-relation-break-glass = Broke the glass of the matter
oversight-relation-on-duty = Was on duty for the organisation that has the matter
