"""First table: the buttons offered in conversations."""

from django.db import migrations, models

import bot.web.models


class Migration(migrations.Migration):
    """Create the table of buttons."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Button",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=bot.web.models.new_button_id, max_length=24, primary_key=True, serialize=False
                    ),
                ),
                ("conversation", models.CharField(db_index=True, max_length=64)),
                ("label", models.CharField(max_length=200)),
                ("payload", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    ]
