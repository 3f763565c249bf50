# The person's own page, with a private code.

my-title = How things are with me
my-lead = Did your helper give you a code? Fill it in here. You then see what is known and who has your data.
my-code = Your code
my-code-hint = 16 digits. Spaces are fine.
my-code-missing = Fill in your code.
my-code-unknown = We do not know this code. Check the digits.
my-open = Show
my-lost-title = I have lost my code
my-lost = Ask your helper for a new code. The old one then stops working.
my-state-waiting = A report came in. A helper is looking at it.
my-state-sent-back = The report went back to the signal desk.
my-state-intake = You have a helper. Together you look at what is needed.
my-state-shelter = There is emergency shelter for you now.
my-state-reflection = You are in the reflection period. You need not decide anything now.
my-state-stabilising = You are settling down. The help goes on.
my-state-treatment = You are in treatment.
my-state-moving-on = You are moving on, to a place of your own.
my-state-aftercare = You have aftercare.
my-state-closed = The help has ended. You can always come back.
my-known = What is known
my-reflection = Reflection period
my-reflection-none = Not known. Only police, border police or labour inspectorate can give it. You get help without it too.
my-no-removal-until = You may stay up to and including { $date }.
my-placement = Safe place
my-opinion = Opinion of experts
my-registered = National figures
my-registered-not = You are not counted yet.
my-registered-count = You are counted, without a name and without data.
my-registered-yes = You are counted with a few data, without a name. You consented to that.
my-next-moment = We will be in touch
my-holders = Who has data about you
my-holder-care = Your helper: { $name }
my-holder-desk = The signal desk, with the report
my-holder-investigation = Police, border police or labour inspectorate
my-holder-registrar = CoMensha, for the national figures
my-holder-panel = The experts whose opinion you asked
my-holder-shelter = A shelter
my-holder-consent = With your consent: { $name }
my-consents = Your consent
my-consents-none = You have not given or refused consent yet.
my-consent-given = { $purpose }: yes, since { $date }
my-consent-over = { $purpose }: no longer in force (given on { $date })
my-consent-refused = { $purpose }: no, on { $date }
my-rights = Your rights
my-rights-text = You may see your data, have them corrected or erased. You may always withdraw your consent. Ask here or tell your care worker.
my-free-text = You get help also when you say no.

my-own-held = What your care worker has about you
my-own-came-self = Your care worker wrote this down with you.
my-own-came = It began with: { $who }. That was on { $date }.
my-own-nothing = Nothing is written about you yet.
my-own-ground = Your care worker may have this on the ground of: { $ground }
my-own-shared = With whom it was shared
my-own-shared-none = Your care worker has not shared anything about you yet.
my-own-looked = Who has looked at your data
my-own-looked-lead = You see the function and the organisation, not the name of a worker.
my-own-looked-none = Nobody yet.
my-looked-line = { $role }, { $org }: on { $n ->
    [one] 1 day
   *[other] { $n } days
}, last on { $last }
my-looked-unknown = an organisation
my-shared-line = { $date }: { $who }. It was about { $what }.
my-shared-why = What for: { $purpose }. Ground: { $ground }.
my-shared-until = Until { $date }.
my-shared-over = This is over. It could last until { $date }.
my-shared-registration = a few facts without your name, for the national figures
my-shared-count = a count without data of you
my-shared-opinion = what you chose for the opinion
my-right-access = I want to see my data
my-right-correction = Something is not right
my-right-erasure = I want my data to be removed
my-right-objection = I do not want my data to be used like this
my-request-title = { $right } ({ $date })
my-request-received = We have your question. Your care worker first checks that it is you.
my-request-not-settled = We could not check that it is you. The reason: { $reason }
my-request-withdrawn = You took this question back.
my-request-runs = We are working on it. The answer will be here on { $date }.
my-request-open = Here is the answer.
my-request-words = You wrote: { $words }
my-request-extended = It takes longer. The reason: { $reason }
my-request-late = Your care worker is late with the answer. Ask about it.
my-request-ask = What do you want to ask?
my-request-which = Choose what you want to ask.
my-request-own-words = In your own words
my-request-own-words-hint = Is something not right? Write down what. Do not name an address.
my-request-words-missing = Write down what is not right, or why you do not want it.
my-request-twice = You asked this before. We are still working on it.
my-request-how = The answer comes on this page. We send no letter. Everybody waits equally long.
my-request-send = Ask
my-request-done = We have your question.
my-request-taken-back = You took your question back.
my-request-take-back = Take this question back
my-complaint = Do you disagree with an answer? You can complain to the Dutch Data Protection Authority.
my-section-k1 = The signal desk
my-section-k2 = CoMensha, for the national figures
my-section-k3 = Your care worker and other help
my-section-k4 = The experts
my-section-k5 = Police, Marechaussee and Labour Inspectorate
my-section-opens = You can read this on { $date }.
my-section-nothing = We can show you nothing here.
my-section-nothing-why = Perhaps there is nothing. Perhaps it is not allowed yet. The Data Protection Authority can check this for you.
my-outcome-given = Yes.
my-outcome-partly = A part.
my-outcome-refused = No.
my-answer-data = It is about: { $data }
my-answer-refusal = Not everything. The reason: { $reason } Ground: { $ground }
my-file-nothing = Nothing known
my-file-people = { $n ->
    [one] 1 person must not know
   *[other] { $n } people must not know
}
my-file-children = { $n ->
    [one] 1 child
   *[other] { $n } children
}
