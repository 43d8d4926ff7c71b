from store.books import Forms
from store.forms import forms_of


def test_what_is_not_known_forbids_nothing_and_tracks_nothing() -> None:
    assert forms_of({}) == Forms()


def test_the_companys_switches_are_read() -> None:
    found = forms_of(
        {
            "SalesFormsPrefs": {"AllowDiscount": False},
            "AccountingInfoPrefs": {
                "ClassTrackingPerTxn": True,
                "ClassTrackingPerTxnLine": True,
                "TrackDepartments": True,
            },
        }
    )
    assert found == Forms(False, True, True, True)


def test_a_custom_field_counts_only_where_it_is_switched_on() -> None:
    rows = [
        {"Name": "SalesFormsPrefs.UseSalesCustom1", "BooleanValue": True},
        {"Name": "SalesFormsPrefs.UseSalesCustom2", "BooleanValue": False},
    ]
    names = [
        {"Name": "SalesFormsPrefs.SalesCustomName1", "StringValue": "Crew #"},
        {"Name": "SalesFormsPrefs.SalesCustomName2", "StringValue": "P.O."},
    ]
    groups = [{"CustomField": rows}, {"CustomField": names}]
    found = forms_of({"SalesFormsPrefs": {"CustomField": groups}})
    assert found.custom_fields == {"1": "Crew #"}
