package dev.bowline.integration;

class NioLossReasonContractIT extends LossReasonContract implements OnNio {}
