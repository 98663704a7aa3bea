def test_given_a_phone_without_scripts_when_a_worker_signs_in_then_the_round_opens(plain_phone, sign_in):
    sign_in(plain_phone, "wk-01")

    assert plain_phone.url.endswith("/")
