import subprocess
import sys

import zxingcpp
from PIL import Image

from qr.payload import new_code, symbol_text


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "qr", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_given_a_table_when_the_command_runs_then_every_label_of_the_sheet_reads(tmp_path):
    codes = [new_code() for _ in range(5)]
    rows = [f"{code[:5]}-{code[5:].lower()},男卫生间{n},01-{n},1号楼,red," for n, code in enumerate(codes)]
    (tmp_path / "labels.csv").write_text(
        "code,name,point,place,zone,discreet\n" + "\n".join(rows), encoding="utf-8-sig"
    )

    done = run(tmp_path, "labels.csv", "-o", "labels.pdf", "--stock", "small", "--skip", "2", "--no-list",
               "--base-url", "https://dabiao.example.gov.cn", "--calibration", "page.pdf")  # fmt: skip

    assert done.returncode == 0, done.stderr
    subprocess.run(["pdftoppm", "-gray", "-r", "200", "labels.pdf", "page"], cwd=tmp_path, check=True)
    [page] = tmp_path.glob("page*.pgm")
    assert sorted(found.text for found in zxingcpp.read_barcodes(Image.open(page))) == sorted(
        symbol_text("https://dabiao.example.gov.cn", code) for code in codes
    )
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_given_a_table_from_a_chinese_spreadsheet_when_the_command_runs_then_it_is_understood(tmp_path):
    (tmp_path / "labels.csv").write_bytes(f"code,name,zone\n{new_code()},开水间,绿色饮食区\n".encode("gb18030"))

    done = run(tmp_path, "labels.csv")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "labels.pdf").exists()


def test_given_a_bad_table_when_the_command_runs_then_the_line_is_named_and_nothing_is_written(tmp_path):
    tables = {
        "line 1": "name\n开水间\n",
        "line 2": "code,name\n7K3QX9M2TB,开水间\n",
        "U+1F6BB": "code,name\n7K3QX9M2TA,卫生间🚻\n",
    }
    for said, table in tables.items():
        (tmp_path / "labels.csv").write_text(table, encoding="utf-8")

        done = run(tmp_path, "labels.csv", "-o", "out.pdf")

        assert done.returncode == 2
        assert said in done.stderr
        assert not (tmp_path / "out.pdf").exists()


def test_given_the_package_when_it_is_imported_then_neither_the_application_nor_a_web_framework_comes_along():
    code = "import sys, qr.sheet, qr.__main__; print([m for m in ('app', 'flask', 'sqlalchemy') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
