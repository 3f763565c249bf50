# Beside the register: versions, motions and promises, update rounds, coverage and choices.

versions-title = Versions of the register
versions-lead = Each file that was taken over is a version. Choose a moment to see what changed.
versions-when = When
versions-file = File
versions-nameless = Without a name
versions-added = New actions
versions-changed = Changed actions
versions-refused = Refused rows
versions-empty = No file was taken over yet
versions-one = Version of the register
versions-changes = What changed
versions-field = Column
versions-before = Was
versions-after = Became
versions-new-action = new action
pledges-lead = What the Tweede Kamer asked or was promised, and what closes it.
pledges-new = New motion or promise
pledges-new-know = Write the number as it stands there, and beside it as you found it. Both are kept.
pledges-written-hint = For example: Kamerstukken II 2023/24, 28 638, nr. 248.
pledges-difference = Note: written as number { $written }, found as number { $found }.
pledges-who = Who
pledges-who-hint = The member of the Chamber or the minister, as in the paper.
pledges-on = Date
pledges-actions = Actions that answer it
pledges-no-action = No action answers it yet
pledges-open = Open
pledges-open-text = Nothing closes this yet.
pledges-closed = Closed
pledges-closed-on = Closed on
pledges-why = Why it is closed
pledges-why-hint = For example: the letter tells that the study is done.
pledges-close = Close
pledges-close-know = Name the paper that closes this, and why.
pledges-reopen = Open again
pledges-reopen-know = The closing is kept, with your reason.
pledges-reopened = Closed before and opened again
pledges-reopened-on = Opened again on
pledges-reopened-why = Why it is open again
pledges-edit = Change the motion or promise
pledges-empty = There are no motions or promises
pledges-not-a-kamerstuk = Write dossier and number, such as 28638-249.
pledges-action-twice = An action stands there twice.
pledges-no-such-action = One of the actions is not in the register.
pledges-is-closed = This is closed already. Open it again first, with a reason.
pledges-is-open = This is open. There is nothing to open again.
pledges-done-made = The motion or promise is in the register.
pledges-done-changed = Changed.
pledges-done-closed = Closed.
pledges-done-reopened = Opened again. The closing before is kept.
rounds-lead-office = In a round you ask every action holder how it stands. After the cut-off the texts are frozen.
rounds-lead-holder = The programme office asks how your actions stand. Choose a round.
rounds-round = Round { $edition }
rounds-edition = Edition
rounds-cutoff = Cut-off
rounds-cutoff-hint = Up to and including this day what somebody sends counts.
rounds-missing = Not sent yet
rounds-waits = Waits for review
rounds-accepted = Accepted
rounds-asked = Asked
rounds-answered = Answered
rounds-overdue = Overdue: nothing sent before the cut-off
rounds-still-to-come = Not sent yet
rounds-none-here = None
rounds-empty = There is no round yet
rounds-new = New round
rounds-new-know = Every action that is not over is asked about.
rounds-new-frozen = After the cut-off what was sent is frozen. Who still types then gets the reason and keeps the text.
rounds-new-button = Open the round
rounds-frozen-since = Closed since { $moment }.
rounds-sent-on = Sent
rounds-reminded-on = Reminded
rounds-state-asked = Asked
rounds-state-sent = Waits for review
rounds-state-back = Sent back
rounds-state-accepted = Accepted
rounds-state-left-out = Left out
rounds-done-opened = The round is open. Make a link for an action, or let holders sign in.
rounds-done-reminded = The reminder stands with the holders.
rounds-too-short = The cut-off must lie at least a day ahead.
rounds-edition-taken = This edition has a round already.
rounds-frozen-refused = The texts of this round are frozen.
rounds-still-open = The round still runs. Send the text back, so that the holder can mend it.
rounds-nothing-told = Write what was reached, or propose another status.
rounds-accepted-refused = This update was answered already.
rounds-not-sent = Nothing waits for an answer here.
rounds-own-text = You wrote this text yourself. Let a colleague review it.
updates-title = Update of action { $number }
updates-until = You can write until { $moment }.
updates-frozen = The round is closed
updates-frozen-text = What was sent before the cut-off counts. Keep new text for the next round.
updates-reminded = The programme office waits for your text. Reminded on:
updates-sent-back = Sent back or left out. The reason:
updates-reads = This is what the Tweede Kamer reads
updates-reads-lead = So the action stands in annex 1 of the letter, once the text is accepted.
updates-written = Written
updates-write = Write how it stands
updates-status-hint = Another status is a proposal.
updates-results-hint = In your own words. Name no persons.
updates-evidence = Evidence
updates-evidence-hint = One web address or paper a line.
updates-save = Save, do not send yet
updates-send = Send
updates-accept = Accept
updates-back = Send back
updates-back-know = The holder sees the reason and can mend the text until the cut-off.
updates-back-why = What must be different?
updates-leave-out = Leave out
updates-leave-out-know = The round is closed. The text stays with the update, with your reason.
updates-late = Written too late
updates-late-lead = This text does not count in this round. It is kept.
updates-late-frozen = The round is closed. This text does not count. It is kept and stands at the foot of this page.
updates-late-accepted = The text before was accepted already. This text does not count. It is kept and stands at the foot of this page.
updates-conflict = Somebody else wrote meanwhile. Your text is still here. Open this update in another window and compare.
updates-done-saved = Saved. Not sent yet.
updates-done-sent = Sent. The programme office looks at it.
updates-done-accepted = Accepted into the register.
updates-done-back = The holder sees your reason.
updates-done-links = The links open nothing any more.
updates-links = Private links
updates-links-none = There is no link that opens this update.
updates-links-back = Take the links back
updates-link = Make a private link
updates-link-know = With the link somebody writes on this one update without an account.
updates-link-once = The link is shown once. It works until two weeks after the cut-off.
updates-delegate = Let a colleague write
updates-delegate-know = Your colleague gets a link to this one update. You stay the holder.
updates-link-whom = For whom?
updates-link-whom-hint = Name or function. It stands with the update.
updates-link-button = Make the link
updates-link-for = For { $whom }, until { $moment }
updates-link-made = The link is made
updates-link-made-text = Copy it now. It is not shown again. Give it only to who has to write.
updates-link-address = Put the address of this website before it.
updates-link-done = I have the link
updates-by-link = Update of an action
updates-by-link-lead = With this link you write how one action stands.
updates-by-link-open = Open the update
updates-link-broken = This link is not whole. Copy it again.
updates-over-name = Your name
updates-over-why = Why may the text stay?
updates-over-hint = For example: this is the name of an act. Your name and reason stand with the update.
updates-guard = Looked at for personal data
updates-overridden = { $name }: { $why }
guard-name = There may be a name here. Take it out, or say below why the text may stay.
guard-birth = There may be a day of birth here. Take it out, or say below why the text may stay.
guard-email = There is an e-mail address here. Take it out, or say below why the text may stay.
guard-phone = There is a mobile number here. Take it out, or say below why the text may stay.
guard-bsn = Something here looks like a citizen service number. Take it out, or say below why the text may stay.
guard-plate = Something here looks like a number plate. Take it out, or say below why the text may stay.
guard-address = There may be an address here. Take it out, or say below why the text may stay.
coverage-lead = Each square counts the actions that aim somewhere now. Actions that are finished or dropped do not count.
coverage-money-spread = The budget of an action is spread evenly over the squares it aims at. So the squares add up. What one square truly costs nobody knows.
coverage-axes = How the map is laid
coverage-rows = Rows
coverage-columns = Columns
coverage-form = Form of exploitation
coverage-goal = Strategic goal
coverage-caption = Actions: { $rows } × { $columns }
coverage-actions = { $n ->
    [0] no action
    [one] { $n } action
   *[other] { $n } actions
}
coverage-planned = { $n ->
    [one] { $n } not started yet
   *[other] { $n } not started yet
}
coverage-nothing = nothing aims here
coverage-legend = Darker is more actions. A dashed line: no running action. The numbers say the same.
coverage-nowhere = { $n ->
    [one] { $n } action names nothing here, so it stands in no square.
   *[other] { $n } actions name nothing here, so they stand in no square.
}
coverage-gaps = Where nothing aims
coverage-no-gaps = Every square has at least one action.
coverage-money = Where the money goes
coverage-now = Aims now
coverage-budget = Budget
coverage-share = Share
coverage-percent = { $n } %
coverage-money-all = Budget in all: { $budget }. Spent so far: { $spent }.
coverage-effects = What an action was to do, and what the indicator did
coverage-cause = An indicator moves by many things. That it went up or down does not prove that the action did it.
coverage-no-measures = No action names an indicator with a definition
coverage-indicator = Indicator
coverage-wanted = Intended
coverage-did = What the indicator did
coverage-says = What that says
coverage-count = { $label }: { $n } (by chance between { $low } and { $high })
coverage-no-count = There are no two years with the same count and definition.
coverage-unknown = Nothing yet
coverage-by-chance = Chance can explain this difference.
coverage-as-meant = It went the intended way. Whether the action did that is not proven by this.
coverage-otherwise = It did not go the intended way. What the action did is not proven by this.
choice-title = Compare choices
choice-no-forecast = This is no forecast
choice-no-forecast-text = You see where nothing would aim any more. What would then happen in the country nobody knows.
choice-actions = Actions to choose
choice-stop = Stops
choice-double = Doubles
choice-stop-action = Action { $number } stops
choice-double-action = Action { $number } doubles
choice-button = Show what changes
choice-lost = Where nothing would aim any more
choice-lost-nothing = Everything that is aimed at now keeps at least one action.
choice-freed = Comes free
choice-needed = Is needed more
choice-payers = One action that would pay for it if it stopped
choice-cost = Then nothing aims any more at
choice-gaps = { $n ->
    [0] no new gap
    [one] { $n } gap
   *[other] { $n } gaps
}
rounds-remind = { $n ->
    [one] Remind the holder of { $n } action
   *[other] Remind the holders of { $n } actions
}
pledges-count-open = { $n ->
    [0] Nothing is open.
    [one] { $n } is open.
   *[other] { $n } are open.
}
updates-link-over = This link opens nothing any more
updates-link-copy = Your text is not kept. Copy it and ask for a new link.
